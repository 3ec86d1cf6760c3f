// Cuts a stream of chunks into blocks of whole lines where only LF ends a line.
import type { RecordParser } from '@lisping/core';

const LF = 0x0a;

/** Takes whole lines: `from` to `to` of `bytes`, the last byte an LF. Nothing of it may be kept. */
export type OnLines = (bytes: Uint8Array, from: number, to: number) => void;

/** A parser that hands out blocks of whole lines; a last line without LF gets one. */
export function createWholeLines(onLines: OnLines): RecordParser {
  let carry: Uint8Array = new Uint8Array(0); // what was read of a line that has not ended
  let carried = 0;

  const keep = (bytes: Uint8Array): void => {
    const needed = carried + bytes.length;
    if (needed > carry.length) {
      const grown = new Uint8Array(Math.max(needed, carry.length * 2));
      grown.set(carry.subarray(0, carried));
      carry = grown;
    }
    carry.set(bytes, carried);
    carried = needed;
  };
  const handOutCarry = (): void => {
    const end = carried;
    carried = 0;
    onLines(carry, 0, end);
  };

  return {
    write(chunk) {
      let from = 0;
      if (carried > 0) {
        const first = chunk.indexOf(LF) + 1;
        if (first === 0) {
          keep(chunk);
          return true;
        }
        keep(chunk.subarray(0, first));
        handOutCarry();
        from = first;
      }
      const to = chunk.lastIndexOf(LF) + 1;
      if (to > from) onLines(chunk, from, to);
      keep(chunk.subarray(Math.max(from, to)));
      return true;
    },
    end() {
      if (carried === 0) return;
      keep(Uint8Array.of(LF));
      handOutCarry();
    },
  };
}
