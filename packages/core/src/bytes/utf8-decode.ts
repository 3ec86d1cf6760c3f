// UTF-8 to text by the WHATWG rules: a maximal part of a broken sequence becomes one U+FFFD. A byte
// order mark stays, since only the line reader may drop it. Hosts inject something faster.
const REPLACEMENT = 0xfffd;
const UNITS_PER_CALL = 4096; // String.fromCharCode takes its arguments on the stack

/** Turns a range of UTF-8 bytes into text; never throws, never drops a byte order mark. */
export type Decoder = (bytes: Uint8Array, start: number, end: number) => string;

/**
 * The core's own decoder, equal to `TextDecoder` with `ignoreBOM: true`.
 *
 * @example
 * decodeUtf8(new Uint8Array([0xc3, 0xa9]), 0, 2); // 'é'
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = '';
  let units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      units.push(lead);
      at++;
    } else {
      const { point, next } = decodeSequence(bytes, at, end);
      pushPoint(units, point);
      at = next;
    }
    if (units.length >= UNITS_PER_CALL) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}

/** True when the range is well-formed UTF-8. */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    if (bytes[at]! < 0x80) {
      at++;
      continue;
    }
    const { valid, next } = decodeSequence(bytes, at, end);
    if (!valid) return false;
    at = next;
  }
  return true;
}

interface Sequence {
  readonly point: number;
  readonly next: number;
  readonly valid: boolean;
}

/** Reads the sequence at a byte of 0x80 or more; a broken one ends before its first wrong byte. */
function decodeSequence(bytes: Uint8Array, at: number, end: number): Sequence {
  const lead = bytes[at]!;
  const size = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0) return { point: REPLACEMENT, next: at + 1, valid: false };
  let point = lead & (0xff >> (size + 1));
  for (let i = 1; i < size; i++) {
    const byte = at + i < end ? bytes[at + i]! : 0;
    const least = i > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = i > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < least || byte > most) return { point: REPLACEMENT, next: at + i, valid: false };
    point = (point << 6) | (byte & 0x3f);
  }
  return { point, next: at + size, valid: true };
}

function pushPoint(units: number[], point: number): void {
  if (point < 0x10000) {
    units.push(point);
  } else {
    units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
  }
}
