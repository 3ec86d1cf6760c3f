// JSON without loss; the default for values.
import { decodeUtf8, type Decoder } from '../bytes/utf8-decode.ts';
import { writeUtf8 } from '../bytes/utf8-encode.ts';
import { Refusal } from '../errors/refusal.ts';
import { WIRE, type BuiltInCodec, type Wire } from './codec.ts';
import { isJson } from './json-check.ts';
import { jsonRefusal } from './json-refusal.ts';

const DIGITS_MAX = 15; // more could leave the safe integers

/** The JSON text of a value that JSON gives back unchanged. */
export function encodeJson(value: unknown): string {
  if (!isJson(value)) throw jsonRefusal(value);
  return JSON.stringify(value);
}

/** Numbers are what most jobs carry: digits are read without a string in between. */
function decodeJson(bytes: Uint8Array, start: number, end: number, decode: Decoder): unknown {
  if (end - start <= DIGITS_MAX) {
    let value = 0;
    let at = start;
    while (at < end) {
      const digit = bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      at++;
    }
    if (at === end && at > start) return value;
  }
  try {
    return JSON.parse(decode(bytes, start, end));
  } catch (cause) {
    throw new Refusal('bytes that are not JSON', undefined, 'LISPING_E_CODEC', cause);
  }
}

const wire: Wire = {
  name: 'json',
  missing: 'empty',
  write(out, value) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) out.writeAscii(String(value));
    else writeUtf8(out, encodeJson(value));
  },
  read: (bytes, start, end, _role, decode) => decodeJson(bytes, start, end, decode),
};

const JSON_CODEC: BuiltInCodec<unknown> = {
  encode: encodeJson,
  decode: (bytes) => decodeJson(bytes, 0, bytes.length, decodeUtf8),
  [WIRE]: wire,
};

/**
 * The codec of what `JSON.parse(JSON.stringify(x))` gives back unchanged; all else is refused. As
 * `output: json()` it prints key and value as JSON, without loss.
 *
 * @example
 * job({ value: json<{ stop: string }>(), map(line, emit) { emit(line, { stop: line }); } });
 */
export function json<T = unknown>(): BuiltInCodec<T> {
  return JSON_CODEC as BuiltInCodec<T>; // T is the user's word for what is in the bytes
}
