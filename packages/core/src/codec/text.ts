// Strings, as UTF-8 with the four escapes.
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { writeEscapedUtf8 } from '../bytes/utf8-encode.ts';
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { WIRE, type BuiltInCodec, type Wire } from './codec.ts';
import { ESCAPES, unescapeBytes } from './escape.ts';

const BACKSLASH = 0x5c;

const wire: Wire = {
  name: 'text',
  missing: 'marked',
  write(out, value, role) {
    if (typeof value !== 'string') throw refusal(value, role);
    writeEscapedUtf8(out, value, ESCAPES);
  },
  read(bytes, start, end, _role, decode) {
    for (let at = start; at < end; at++) {
      if (bytes[at] === BACKSLASH) {
        const plain = unescapeBytes(bytes, start, end);
        return decode(plain, 0, plain.length);
      }
    }
    return decode(bytes, start, end);
  },
};

function refusal(value: unknown, role: 'key' | 'value'): Refusal {
  const ofNumbers = role === 'value' ? 'sortableInt()' : 'int()';
  const codec = Number.isSafeInteger(value) ? ofNumbers : 'json()';
  return new Refusal(
    `${describe(value)}, which is not a string`,
    `Turn it into a string, or give the job ${role}: ${codec}.`,
  );
}

/**
 * The codec of strings; the default for keys. Sorts by UTF-8 bytes.
 *
 * @example
 * job({ value: text(), map(line, emit) { emit(line, 'seen'); } });
 */
export function text(): BuiltInCodec<string> {
  return TEXT;
}

const TEXT: BuiltInCodec<string> = {
  encode: (value) => value,
  decode: (bytes) => decodeUtf8(bytes),
  [WIRE]: wire,
};
