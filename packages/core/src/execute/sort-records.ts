// Sorts pairs by partition, then by unsigned key bytes; equal keys keep the order of emission. A
// number per pair holds the partition and the first bytes of the key, which decides most comparisons.
import { compareRanges } from '../bytes/compare.ts';
import type { RecordStore } from './record-store.ts';

const RUN = 8; // runs this short are sorted by insertion
const WIDE_PREFIX_PARTITIONS_MAX = 2 ** 13; // partition and five bytes together fit 53 bits

/** The numbers of the pairs in sorted order. */
export function sortRecords(store: RecordStore): Uint32Array {
  const { count } = store;
  const prefixes = prefixesOf(store);
  const before = (left: number, right: number): boolean => {
    const difference = prefixes[left]! - prefixes[right]!;
    return difference !== 0 ? difference < 0 : compareKeys(store, left, right) < 0;
  };
  let from = Uint32Array.from({ length: count }, (_, i) => i);
  for (let start = 0; start < count; start += RUN) {
    insertionSort(from, start, Math.min(start + RUN, count), before);
  }
  let into = new Uint32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      merge(from, into, start, middle, Math.min(middle + width, count), before);
    }
    [from, into] = [into, from];
  }
  return from;
}

type Before = (left: number, right: number) => boolean;

function insertionSort(order: Uint32Array, start: number, end: number, before: Before): void {
  for (let i = start + 1; i < end; i++) {
    const moving = order[i]!;
    let at = i;
    while (at > start && before(moving, order[at - 1]!)) {
      order[at] = order[at - 1]!;
      at--;
    }
    order[at] = moving;
  }
}

function merge(
  from: Uint32Array,
  into: Uint32Array,
  start: number,
  middle: number,
  end: number,
  before: Before,
): void {
  let left = start;
  let right = middle;
  if (right === end || !before(from[right]!, from[right - 1]!)) {
    into.set(from.subarray(start, end), start); // already in order
    return;
  }
  for (let at = start; at < end; at++) {
    const takeRight = left === middle || (right < end && before(from[right]!, from[left]!));
    into[at] = takeRight ? from[right++]! : from[left++]!;
  }
}

function prefixesOf(store: RecordStore): Float64Array {
  const { count, partitions, starts, middles } = store;
  const { bytes } = store.arena;
  let partitionMax = 0;
  for (let i = 0; i < count; i++) partitionMax = Math.max(partitionMax, partitions[i]!);
  const size = partitionMax < WIDE_PREFIX_PARTITIONS_MAX ? 5 : 4;
  const prefixes = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let prefix = partitions[i]!;
    const start = starts[i]!;
    const end = middles[i]!;
    for (let at = start; at < start + size; at++)
      prefix = prefix * 256 + (at < end ? bytes[at]! : 0);
    prefixes[i] = prefix;
  }
  return prefixes;
}

function compareKeys(store: RecordStore, left: number, right: number): number {
  const { starts, middles } = store;
  const { bytes } = store.arena;
  return compareRanges(
    bytes,
    starts[left]!,
    middles[left]!,
    bytes,
    starts[right]!,
    middles[right]!,
  );
}
