// Cuts a stream of chunks into blocks of whole lines, by Hadoop's rules: LF, CR and CRLF end a line, a
// byte order mark at the beginning of a file is dropped, and a split that does not start at 0 leaves
// its first line to the split before it.
import type { RecordParser } from '@lisping/core';

const LF = 0x0a;
const CR = 0x0d;

/** Whole lines: `from` to `to` of `bytes`. Nothing of it may be kept. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** What to add to an index in `bytes` to get a position in the file. */
  readonly base: number;
  /** Where the first line begins in the file; before `from` when a byte order mark was dropped. */
  readonly firstOffset: number;
}

/** Takes a block; false when it met a line that the split does not own, since no later one is owned. */
export type OnBlock = (block: LineBlock) => boolean;

/** A parser that hands out the blocks of a split that starts at `start` and ends at `end`. */
export function createLineBlocks(start: number, end: number, onBlock: OnBlock): RecordParser {
  let carry: Uint8Array = new Uint8Array(0); // what was read of a line that has not ended
  let carryLength = 0;
  let carryOffset = start;
  let mustDrop = start !== 0;
  let wanted = true;

  const handOut = (bytes: Uint8Array, from: number, to: number, offset: number): void => {
    if (from === to || !wanted) return;
    let first = from;
    if (mustDrop) {
      mustDrop = false;
      first = lineEnd(bytes, from, to);
    }
    const base = offset - from;
    const firstOffset = base + first;
    if (firstOffset === 0 && hasMark(bytes, first, to)) first += 3;
    else if (first === to) return;
    wanted =
      firstOffset <= end &&
      (first === to || onBlock({ bytes, from: first, to, base, firstOffset }));
  };

  const keep = (bytes: Uint8Array, from: number): void => {
    const needed = carryLength + bytes.length - from;
    if (needed > carry.length) {
      const grown = new Uint8Array(Math.max(needed, carry.length * 2));
      grown.set(carry.subarray(0, carryLength));
      carry = grown;
    }
    carry.set(bytes.subarray(from), carryLength);
    carryLength = needed;
  };

  /** Completes the carried line from the chunk; gives back how much of the chunk it took. */
  const complete = (chunk: Uint8Array): number => {
    const endsWithCr = carry[carryLength - 1] === CR;
    const taken = endsWithCr ? (chunk[0] === LF ? 1 : 0) : firstEnd(chunk);
    if (taken < 0) {
      keep(chunk, 0);
      return chunk.length;
    }
    keep(chunk.subarray(0, taken), 0);
    handOut(carry, 0, carryLength, carryOffset);
    carryOffset += carryLength;
    carryLength = 0;
    return taken;
  };

  return {
    write(chunk) {
      if (!wanted) return false;
      if (chunk.length === 0) return true;
      const from = carryLength > 0 ? complete(chunk) : 0;
      const to = Math.max(from, lastEnd(chunk, from));
      if (carryLength === 0) {
        handOut(chunk, from, to, carryOffset);
        carryOffset += to - from;
        keep(chunk, to);
      }
      // What was carried may begin beyond the split: then nothing more is owned.
      return (wanted &&= mustDrop || carryOffset <= end);
    },
    end() {
      handOut(carry, 0, carryLength, carryOffset);
      wanted = false;
    },
  };
}

/** Behind the end of the line at `from`, or `to` when it has none. */
function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    if (bytes[at] === LF) return at + 1;
    if (bytes[at] === CR) return at + 1 < to && bytes[at + 1] === LF ? at + 2 : at + 1;
  }
  return to;
}

/** Behind the first line end of a chunk; -1 without one. A CR at the very end may be half of a CRLF. */
function firstEnd(chunk: Uint8Array): number {
  const end = lineEnd(chunk, 0, chunk.length);
  const last = chunk[end - 1];
  if (end === chunk.length && last !== LF) return -1;
  return end;
}

/** Behind the last line end from `from` on, not counting a CR at the very end; -1 without one. */
function lastEnd(chunk: Uint8Array, from: number): number {
  for (let at = chunk.length - 1; at >= from; at--) {
    if (chunk[at] === LF || (chunk[at] === CR && at + 1 < chunk.length)) return at + 1;
  }
  return -1;
}

function hasMark(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf
  );
}
