// Lines that break where they may: between items, never inside one.
import { stripVTControlCharacters } from 'node:util';

/** The number of columns a text takes; colours take none. */
export function columns(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

/** Joins the items with `separator`; what does not fit goes on below, indented by `indent`. */
export function flowed(
  items: readonly string[],
  { separator, indent, width }: { separator: string; indent: number; width: number },
): string {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const longer = line === '' ? item : `${line}${separator}${item}`;
    if (line !== '' && indent + columns(longer) > width) {
      lines.push(line);
      line = item;
    } else line = longer;
  }
  lines.push(line);
  return lines.join(`\n${' '.repeat(indent)}`);
}

/** Breaks a sentence between words. */
export function wrapped(text: string, indent: number, width: number): string {
  return flowed(text.split(' '), { separator: ' ', indent, width });
}
