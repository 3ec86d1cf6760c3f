// Feeds splits of a file to a format as a host does: from the start of the split, in chunks of any
// size, in a buffer that is used again.
import { decodeUtf8, type InputFormat, planSplits, type Split } from '@lisping/core';

/** A record and the byte at which it begins. */
export type Found<R> = readonly [record: R, offset: number];

/** What was read from one split. */
export interface SplitRead<R> {
  readonly split: Split;
  readonly found: Found<R>[];
  readonly counted: Record<string, number>;
}

/** Reads every split of a file, in order of the file. */
export function readSplits<R>(
  format: InputFormat<R>,
  bytes: Uint8Array,
  splitBytes: number,
  chunkBytes: number,
): SplitRead<R>[] {
  const files = [{ path: 'f', size: bytes.length }];
  const splits = planSplits(files, splitBytes, format.splittable).sort((a, b) => a.start - b.start);
  return splits.map((split) => readSplit(format, bytes, split, chunkBytes));
}

function readSplit<R>(
  format: InputFormat<R>,
  bytes: Uint8Array,
  split: Split,
  chunkBytes: number,
): SplitRead<R> {
  const found: Found<R>[] = [];
  const counted: Record<string, number> = {};
  const context = {
    decode: decodeUtf8,
    count(counter: string, n: number) {
      counted[counter] = (counted[counter] ?? 0) + n;
    },
  };
  const open = { file: 'f', fileSize: bytes.length, start: split.start, length: split.length };
  const parser = format.open(open, (record, offset) => found.push([record, offset]), context);
  const buffer = new Uint8Array(chunkBytes);
  for (let at = split.start; at < bytes.length; at += chunkBytes) {
    const piece = bytes.subarray(at, at + chunkBytes);
    buffer.fill(0x2a);
    buffer.set(piece);
    if (!parser.write(buffer.subarray(0, piece.length))) break;
  }
  buffer.fill(0x2a);
  parser.end();
  return { split, found, counted };
}

/** All records of all splits. */
export function allFound<R>(reads: readonly SplitRead<R>[]): Found<R>[] {
  return reads.flatMap(({ found }) => found);
}
