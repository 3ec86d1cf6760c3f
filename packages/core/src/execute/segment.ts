// A segment: the sorted, checksummed output of one map attempt for one partition. A pair is two
// varints, the lengths of key and value, and their bytes.
import { copyBytes } from '../bytes/byte-writer.ts';
import { checksum, type Checksum } from '../bytes/checksum.ts';
import { putVarint, varintSize } from '../bytes/varint.ts';
import type { RecordStore } from './record-store.ts';

/** Sorted by key bytes; equal keys in order of emission. */
export interface Segment {
  readonly bytes: Uint8Array;
  readonly records: number;
  readonly checksum: Checksum;
}

/** A segment that is pulled chunk by chunk; null at its end. A chunk must stay unchanged until the next call. */
export interface SegmentSource {
  next(): Uint8Array | null;
}

/**
 * A source over a segment in memory.
 *
 * @example
 * executeReduce(setting, segments.map(segmentSource), (chunk) => file.push(chunk));
 */
export function segmentSource(segment: Segment): SegmentSource {
  let rest: Uint8Array | null = segment.bytes;
  return {
    next() {
      const chunk = rest;
      rest = null;
      return chunk;
    },
  };
}

/** Cuts sorted pairs into one segment per partition. */
export function writeSegments(
  store: RecordStore,
  order: Uint32Array,
  reduces: number,
): readonly Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (let partition = 0; partition < reduces; partition++) {
    let to = from;
    let size = 0;
    while (to < order.length && store.partitions[order[to]!] === partition) {
      size += pairSize(store, order[to++]!);
    }
    const bytes = new Uint8Array(size);
    let at = 0;
    for (let i = from; i < to; i++) at = putPair(bytes, at, store, order[i]!);
    segments.push({ bytes, records: to - from, checksum: checksum(bytes) });
    from = to;
  }
  return segments;
}

function pairSize({ starts, middles, ends }: RecordStore, pair: number): number {
  const keyLength = middles[pair]! - starts[pair]!;
  const valueLength = ends[pair]! - middles[pair]!;
  return varintSize(keyLength) + varintSize(valueLength) + keyLength + valueLength;
}

/** Writes a pair and gives back where it ends. */
function putPair(into: Uint8Array, at: number, store: RecordStore, pair: number): number {
  const start = store.starts[pair]!;
  const middle = store.middles[pair]!;
  const end = store.ends[pair]!;
  const body = putVarint(into, putVarint(into, at, middle - start), end - middle);
  copyBytes(store.arena.bytes, start, end, into, body);
  return body + end - start;
}
