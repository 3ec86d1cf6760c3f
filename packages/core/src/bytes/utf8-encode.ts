// Text to UTF-8, by hand: for short strings this is faster than crossing into the host. A lone
// surrogate has no UTF-8 form and is refused, never replaced.
import { Refusal } from '../errors/refusal.ts';
import { ByteWriter } from './byte-writer.ts';

/**
 * The UTF-8 bytes of a text.
 *
 * @example
 * encodeUtf8('é'); // Uint8Array [0xc3, 0xa9]
 */
export function encodeUtf8(text: string): Uint8Array {
  const out = new ByteWriter(text.length);
  writeUtf8(out, text);
  return out.take();
}

/** Appends a text as UTF-8. */
export function writeUtf8(out: ByteWriter, text: string): void {
  out.reserve(text.length * 3);
  const { bytes } = out;
  let at = out.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else {
      at = putPoint(bytes, at, pointAt(text, i));
      if (unit >= 0xd800 && unit < 0xdc00) i++;
    }
  }
  out.length = at;
}

/** Appends a text as UTF-8; `escapes[unit]` is what follows the backslash, 0 for no escape. */
export function writeEscapedUtf8(out: ByteWriter, text: string, escapes: Uint8Array): void {
  out.reserve(text.length * 3);
  const { bytes } = out;
  let at = out.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      const escape = escapes[unit]!;
      if (escape !== 0) {
        bytes[at++] = 0x5c;
        bytes[at++] = escape;
      } else {
        bytes[at++] = unit;
      }
    } else {
      at = putPoint(bytes, at, pointAt(text, i));
      if (unit >= 0xd800 && unit < 0xdc00) i++;
    }
  }
  out.length = at;
}

/** The code point at a unit; a surrogate must come as half of a pair. */
function pointAt(text: string, at: number): number {
  const point = text.codePointAt(at)!;
  if (point >= 0xd800 && point < 0xe000) {
    throw new Refusal(
      `text with a lone surrogate (\\u${point.toString(16)} at index ${at})`,
      'A lone surrogate has no UTF-8 form. Use text.toWellFormed() if you can lose it.',
    );
  }
  return point;
}

function putPoint(bytes: Uint8Array, at: number, point: number): number {
  if (point < 0x800) {
    bytes[at++] = 0xc0 | (point >> 6);
  } else {
    if (point < 0x10000) {
      bytes[at++] = 0xe0 | (point >> 12);
    } else {
      bytes[at++] = 0xf0 | (point >> 18);
      bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (point & 0x3f);
  return at;
}
