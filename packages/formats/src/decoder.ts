// Node decodes UTF-8 two to three times faster than JavaScript can, with the same replacements.
import { LispingError, type Decoder } from '@lisping/core';

/**
 * A decoder that remembers its last chunk: most texts come from the same one as the text before. Throws
 * LISPING_E_RECORD for a text longer than Node can hold.
 *
 * @example
 * const setting = { ...given, decode: createDecoder() };
 */
export function createDecoder(): Decoder {
  let chunk: Uint8Array | undefined;
  let view: Buffer = Buffer.alloc(0);
  return (bytes, start, end) => {
    if (bytes !== chunk) {
      chunk = bytes;
      view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    try {
      return view.toString('utf8', start, end);
    } catch (error) {
      throw isTooLong(error) ? tooLong(end - start, error) : error;
    }
  };
}

/** Node holds no text longer than 512 MiB. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG';
}

function tooLong(length: number, cause: unknown): LispingError {
  const message = `a record of ${length} bytes is longer than a text can be`;
  return new LispingError('LISPING_E_RECORD', message, {
    hint: 'Read the input with bytes(), or break its lines.',
    cause,
  });
}
