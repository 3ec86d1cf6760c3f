// The emitted pairs of a map task, encoded, in columns: one buffer of bytes and four integers a pair,
// so that a million pairs are five arrays and not a million objects.
//
// Under `sortValues` the sorted key is `key TAB value` and the value is empty, as with two key fields
// on Hadoop: order, grouping and merging then need no second rule.
import { ByteWriter } from '../bytes/byte-writer.ts';

const PAIRS_MIN = 256;

/** Encoded pairs in order of emission. */
export class RecordStore {
  /** Bytes of pair i: the sorted key from starts[i] to middles[i], the value from there to ends[i]. */
  readonly arena: ByteWriter = new ByteWriter();
  starts: Int32Array = new Int32Array(PAIRS_MIN);
  middles: Int32Array = new Int32Array(PAIRS_MIN);
  ends: Int32Array = new Int32Array(PAIRS_MIN);
  partitions: Int32Array = new Int32Array(PAIRS_MIN);
  count = 0;

  /** Adds the pair whose bytes were just written to the arena, from `start` on. */
  commit(start: number, middle: number, partition: number): void {
    const at = this.count++;
    if (at === this.starts.length) this.#grow();
    this.starts[at] = start;
    this.middles[at] = middle;
    this.ends[at] = this.arena.length;
    this.partitions[at] = partition;
  }

  /** Forgets all pairs and keeps the room they took. */
  clear(): void {
    this.arena.length = 0;
    this.count = 0;
  }

  #grow(): void {
    this.starts = doubled(this.starts);
    this.middles = doubled(this.middles);
    this.ends = doubled(this.ends);
    this.partitions = doubled(this.partitions);
  }
}

function doubled(column: Int32Array): Int32Array {
  const grown = new Int32Array(column.length * 2);
  grown.set(column);
  return grown;
}
