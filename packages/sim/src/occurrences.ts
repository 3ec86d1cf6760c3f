/**
 * How often this very key has been seen in this run: the last field of the key of a draw. Counting
 * per key, and not per link or per world, is what keeps the draws of other messages untouched when
 * one message goes missing.
 *
 * A run may last for hours and send millions of messages, of which few are ever repeated, and those
 * soon. So there are two tables, of this period and of the one before; what was in neither is
 * counted from 0 again. Whether it was depends on the times of this key alone.
 */
import type { Microseconds } from '@lisping/core';

const INITIAL_CAPACITY = 1 << 13;

/** A key is remembered for at least this long after it was seen last. */
const PERIOD: Microseconds = 300_000_000;

export class Occurrences {
  private young = new Table();
  private old = new Table();
  private youngUntil: Microseconds = PERIOD;

  /** 0 at the first call with this key, 1 at the second, … `now` never goes back. */
  next(low: number, high: number, now: Microseconds): number {
    if (now >= this.youngUntil) this.age(now);
    const { young, old } = this;
    const at = young.find(low, high);
    if (at >= 0) return young.countAgain(at);
    const before = old.used === 0 ? -1 : old.find(low, high);
    const count = before < 0 ? 0 : old.countAgain(before);
    young.add(low, high, count + 1);
    return count;
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
    this.youngUntil = PERIOD;
  }

  private age(now: Microseconds): void {
    const skipped = now >= this.youngUntil + PERIOD;
    [this.young, this.old] = [this.old, this.young];
    this.young.clear();
    if (skipped) this.old.clear();
    this.youngUntil = now - (now % PERIOD) + PERIOD;
  }
}

/** Open addressing over typed arrays, 64 bits of key, emptied by raising the generation. */
class Table {
  used = 0;
  private mask = INITIAL_CAPACITY - 1;
  private low = new Int32Array(INITIAL_CAPACITY);
  private high = new Int32Array(INITIAL_CAPACITY);
  private counts = new Int32Array(INITIAL_CAPACITY);
  private generations = new Int32Array(INITIAL_CAPACITY);
  private generation = 1;

  /** Where the key is, or -1. */
  find(low: number, high: number): number {
    let at = (low ^ (high >>> 7)) & this.mask;
    while (this.generations[at] === this.generation) {
      if (this.low[at] === low && this.high[at] === high) return at;
      at = (at + 1) & this.mask;
    }
    return -1;
  }

  countAgain(at: number): number {
    return this.counts[at]!++;
  }

  /** The key must not be there. */
  add(low: number, high: number, count: number): void {
    let at = (low ^ (high >>> 7)) & this.mask;
    while (this.generations[at] === this.generation) at = (at + 1) & this.mask;
    this.low[at] = low;
    this.high[at] = high;
    this.counts[at] = count;
    this.generations[at] = this.generation;
    if (++this.used * 2 > this.mask) this.widen();
  }

  clear(): void {
    this.generation++;
    this.used = 0;
  }

  private widen(): void {
    const { low, high, counts, generations, generation } = this;
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.low = new Int32Array(capacity);
    this.high = new Int32Array(capacity);
    this.counts = new Int32Array(capacity);
    this.generations = new Int32Array(capacity);
    this.used = 0;
    for (let old = 0; old < low.length; old++) {
      if (generations[old] === generation) this.add(low[old]!, high[old]!, counts[old]!);
    }
  }
}
