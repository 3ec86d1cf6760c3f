// PostgreSQL's COPY convention: backslash, TAB, LF and CR become \\ \t \n \r. Nothing that `text`
// writes holds a byte that ends a field or a record.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { Refusal } from '../errors/refusal.ts';

const BACKSLASH = 0x5c;

/** What follows the backslash for each byte, 0 where no escape is needed. */
export const ESCAPES: Uint8Array = new Uint8Array(256);
const UNESCAPES = new Uint8Array(256);
for (const [byte, letter] of [
  [0x5c, 0x5c],
  [0x09, 0x74],
  [0x0a, 0x6e],
  [0x0d, 0x72],
] as const) {
  ESCAPES[byte] = letter;
  UNESCAPES[letter] = byte;
}

/** Appends bytes escaped. */
export function writeEscapedBytes(out: ByteWriter, bytes: Uint8Array): void {
  for (const byte of bytes) {
    const letter = ESCAPES[byte]!;
    if (letter !== 0) out.writeByte(BACKSLASH);
    out.writeByte(letter !== 0 ? letter : byte);
  }
}

/** A copy of a range with its escapes undone. */
export function unescapeBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const plain = bytes.slice(start, end);
  let length = plain.indexOf(BACKSLASH);
  if (length < 0) return plain;
  for (let at = length; at < plain.length; at++) {
    const byte = plain[at]!;
    plain[length++] = byte === BACKSLASH ? unescaped(plain[++at]) : byte;
  }
  return plain.subarray(0, length);
}

function unescaped(letter: number | undefined): number {
  const byte = letter === undefined ? 0 : UNESCAPES[letter]!;
  if (byte === 0)
    throw new Refusal('a backslash that begins no escape', undefined, 'LISPING_E_CODEC');
  return byte;
}
