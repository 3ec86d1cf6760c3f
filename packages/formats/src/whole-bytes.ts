// Collects all bytes of a file, for formats whose record is the file.
import type { RecordParser } from '@lisping/core';

/** A parser that calls `onFile` once, at the end, with everything. */
export function createWholeBytes(onFile: (bytes: Uint8Array) => void): RecordParser {
  const chunks: Uint8Array[] = [];
  let length = 0;
  return {
    write(chunk) {
      chunks.push(chunk.slice());
      length += chunk.length;
      return true;
    },
    end() {
      const whole = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        whole.set(chunk, at);
        at += chunk.length;
      }
      onFile(whole);
    },
  };
}
