// A segment: the sorted, checksummed output of one map attempt for one partition. A pair is two
// varints, the lengths of key and value, and their bytes.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { checksum, type Checksum } from '../bytes/checksum.ts';
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
  let at = 0;
  for (let partition = 0; partition < reduces; partition++) {
    const out = new ByteWriter();
    const first = at;
    while (at < order.length && store.partitions[order[at]!] === partition) {
      writePair(out, store, order[at++]!);
    }
    const bytes = out.take();
    segments.push({ bytes, records: at - first, checksum: checksum(bytes) });
  }
  return segments;
}

function writePair(out: ByteWriter, store: RecordStore, pair: number): void {
  const start = store.starts[pair]!;
  const middle = store.middles[pair]!;
  const end = store.ends[pair]!;
  out.writeVarint(middle - start);
  out.writeVarint(end - middle);
  out.writeBytes(store.arena.bytes, start, end);
}
