// A codec of the user's: trusted, but verified on the first values of every task, because a codec
// that loses something gives wrong results without any error.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeUtf8 } from '../bytes/utf8-encode.ts';
import { describe } from '../errors/describe.ts';
import { isLispingError } from '../errors/lisping-error.ts';
import { Refusal } from '../errors/refusal.ts';
import type { Codec, Wire } from './codec.ts';
import { sameValue } from './same-value.ts';
import { unescapeBytes, writeEscapedBytes } from './escape.ts';

const VERIFIED = 16;

/** The engine's view of a user's codec; its bytes are escaped like those of `text`. */
export function userWire(codec: Codec<unknown>): Wire {
  let left = VERIFIED;
  return {
    name: 'codec',
    missing: 'marked',
    write(out: ByteWriter, value: unknown) {
      const encoded = encode(codec, value);
      if (left > 0) {
        left--;
        if (!sameValue(decode(codec, encoded.slice()), value)) {
          throw failed(`decode(encode(x)) does not give back ${describe(value)}`);
        }
      }
      writeEscapedBytes(out, encoded);
    },
    read: (bytes, start, end) => decode(codec, unescapeBytes(bytes, start, end)),
  };
}

function encode(codec: Codec<unknown>, value: unknown): Uint8Array {
  const encoded: unknown = calling('encode', () => codec.encode(value));
  if (typeof encoded === 'string') return encodeUtf8(encoded);
  if (encoded instanceof Uint8Array) return encoded;
  throw failed(`encode gave ${describe(encoded)} instead of bytes or a string`);
}

function decode(codec: Codec<unknown>, bytes: Uint8Array): unknown {
  return calling('decode', () => codec.decode(bytes));
}

function calling<T>(name: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (isLispingError(cause)) throw cause;
    throw failed(`${name} threw ${describe(cause)}`, cause);
  }
}

function failed(what: string, cause?: unknown): Refusal {
  return new Refusal(what, undefined, 'LISPING_E_CODEC', cause);
}
