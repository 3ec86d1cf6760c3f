// Raw bytes. As a key they are hashed and sorted as Hadoop does for a hand-written script, so they
// are not escaped, and a key that would break the record is refused. As a value they are escaped.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { WIRE, type BuiltInCodec, type Wire } from './codec.ts';
import { unescapeBytes, writeEscapedBytes } from './escape.ts';

function breaksRecord(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x09 || byte === 0x0a || byte === 0x0d) return true;
  }
  return false;
}

const wire: Wire = {
  name: 'bytes',
  missing: 'marked',
  write(out, value, role) {
    if (!(value instanceof Uint8Array)) {
      throw new Refusal(`${describe(value)}, which is no Uint8Array`, 'Use text() for strings.');
    }
    if (role === 'value') {
      writeEscapedBytes(out, value);
    } else if (breaksRecord(value)) {
      throw new Refusal('bytes with a TAB, LF or CR', 'Use text(), which escapes them.');
    } else {
      out.writeBytes(value);
    }
  },
  read: (bytes, start, end, role) =>
    role === 'key' ? bytes.slice(start, end) : unescapeBytes(bytes, start, end),
};

/** The codec behind `bytes()` of the formats package. */
export const bytesCodec: BuiltInCodec<Uint8Array> = {
  encode: (value) => value,
  decode: (bytes) => bytes,
  [WIRE]: wire,
};
