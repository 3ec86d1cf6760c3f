// Figures as people read them, the same on every machine.

/** `12 412`: groups of three, as no decimal mark of any country can be mistaken for. */
export function grouped(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ');
}

/** `3 crashes`, `1 crash`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `41.118s` below a minute, else `2m 03s`, `3h 05m`. */
export function seconds(milliseconds: number): string {
  if (milliseconds < 59_999.5) return `${(milliseconds / 1000).toFixed(3)}s`;
  const whole = Math.round(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${grouped(hours)}h ${two(minutes)}m`;
  return `${minutes}m ${two(whole % 60)}s`;
}

/** `12 B`, `1.5 KB`, `200 MB`: powers of 1024, at most one digit behind the point. */
export function bytes(count: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
