/**
 * How often this very key has been seen in this run: the last field of the key of a draw. Counting
 * per key, and not per link or per world, is what keeps the draws of other messages untouched when
 * one message goes missing.
 *
 * Open addressing over typed arrays, 64 bits of key, emptied by raising the generation.
 */
const INITIAL_CAPACITY = 1 << 13;

export class Occurrences {
  private mask = INITIAL_CAPACITY - 1;
  private low = new Int32Array(INITIAL_CAPACITY);
  private high = new Int32Array(INITIAL_CAPACITY);
  private counts = new Int32Array(INITIAL_CAPACITY);
  private generations = new Int32Array(INITIAL_CAPACITY);
  private generation = 1;
  private used = 0;

  /** 0 at the first call with this key, 1 at the second, … */
  next(low: number, high: number): number {
    let at = (low ^ (high >>> 7)) & this.mask;
    while (this.generations[at] === this.generation) {
      if (this.low[at] === low && this.high[at] === high) return this.counts[at]!++;
      at = (at + 1) & this.mask;
    }
    this.low[at] = low;
    this.high[at] = high;
    this.counts[at] = 1;
    this.generations[at] = this.generation;
    if (++this.used * 2 > this.mask) this.widen();
    return 0;
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
    for (let old = 0; old < low.length; old++) {
      if (generations[old] !== generation) continue;
      let at = (low[old]! ^ (high[old]! >>> 7)) & this.mask;
      while (this.generations[at] === generation) at = (at + 1) & this.mask;
      this.low[at] = low[old]!;
      this.high[at] = high[old]!;
      this.counts[at] = counts[old]!;
      this.generations[at] = generation;
    }
  }
}
