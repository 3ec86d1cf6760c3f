// Sorts pairs by partition, then by unsigned key bytes; equal keys keep the order of emission.
//
// The first bytes of every key are packed into one number, and numbers are sorted together with the
// pairs they stand for, in arrays that are walked from end to end: going back to the bytes of a key for
// every comparison would miss the cache each time. Only pairs with equal numbers whose keys go on are
// sorted again, by their next bytes.
import type { RecordStore } from './record-store.ts';
import { sortNumbered, type Numbered } from './sort-numbered.ts';

const DIGITS = 257; // a byte is 1 to 256, the end of a key 0, so that the shorter key comes first
const NEXT_BYTES = 6; // 257^6 stays below 2^53
const FIRST_BYTES = 5;
const FIRST_BYTES_OF_MANY = 4; // beside the partition
const MANY_PARTITIONS = 8000; // times 257^5 stays below 2^53

/** Pairs that agree in partition and in the first `depth` bytes of their keys. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** The numbers of the pairs in sorted order. */
export function sortRecords(store: RecordStore): Uint32Array {
  const { count } = store;
  const sorted: Numbered = { keys: new Float64Array(count), items: new Uint32Array(count) };
  const scratch: Numbered = { keys: new Float64Array(count), items: new Uint32Array(count) };
  for (let i = 0; i < count; i++) sorted.items[i] = i;
  const runs: Run[] = [{ from: 0, to: count, depth: 0 }]; // a list: keys may be as long as records
  for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
    const depth = run.depth === 0 ? packFirst(store, sorted, run) : packNext(store, sorted, run);
    sortNumbered(sorted, scratch, run.from, run.to);
    pushTies(sorted, run, depth, runs);
  }
  return sorted.items;
}

/** Packs partition and first bytes; gives back the depth that was reached. */
function packFirst(store: RecordStore, { keys, items }: Numbered, { from, to }: Run): number {
  let partitionMax = 0;
  for (let i = 0; i < store.count; i++) {
    partitionMax = Math.max(partitionMax, store.partitions[i]!);
  }
  const size = partitionMax < MANY_PARTITIONS ? FIRST_BYTES : FIRST_BYTES_OF_MANY;
  for (let i = from; i < to; i++) {
    const pair = items[i]!;
    keys[i] = packed(store, pair, store.partitions[pair]!, 0, size);
  }
  return size;
}

function packNext(store: RecordStore, { keys, items }: Numbered, { from, to, depth }: Run): number {
  for (let i = from; i < to; i++) keys[i] = packed(store, items[i]!, 0, depth, NEXT_BYTES);
  return depth + NEXT_BYTES;
}

function packed(
  { arena: { bytes }, starts, middles }: RecordStore,
  pair: number,
  first: number,
  depth: number,
  size: number,
): number {
  const end = middles[pair]!;
  let at = starts[pair]! + depth;
  let number = first;
  for (let i = 0; i < size; i++) {
    number *= DIGITS;
    if (at < end) number += bytes[at++]! + 1;
  }
  return number;
}

/** Finds the pairs that are not told apart yet. */
function pushTies({ keys }: Numbered, { from, to }: Run, depth: number, runs: Run[]): void {
  for (let begin = from; begin < to;) {
    const key = keys[begin]!;
    let end = begin + 1;
    while (end < to && keys[end] === key) end++;
    const goesOn = key % DIGITS !== 0; // else the key has ended, and equal numbers are equal keys
    if (goesOn && end - begin > 1) runs.push({ from: begin, to: end, depth });
    begin = end;
  }
}
