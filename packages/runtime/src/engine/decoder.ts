// Node decodes UTF-8 two to three times faster than JavaScript can, with the same replacements.
import type { Decoder } from '@lisping/core';

/** A decoder that remembers its last chunk: most texts come from the same one as the text before. */
export function createDecoder(): Decoder {
  let chunk: Uint8Array | undefined;
  let view: Buffer = Buffer.alloc(0);
  return (bytes, start, end) => {
    if (bytes !== chunk) {
      chunk = bytes;
      view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return view.toString('utf8', start, end);
  };
}
