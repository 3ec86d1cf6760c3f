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

/** The fields of a slot lie side by side: a look at one costs one line of the cache, not four. */
const LOW = 0;
const HIGH = 1;
const COUNT = 2;
const GENERATION = 3;
const SLOT_SHIFT = 2;

/** Open addressing over a typed array, 64 bits of key, emptied by raising the generation. */
class Table {
  used = 0;
  private mask = INITIAL_CAPACITY - 1;
  private slots = new Int32Array(INITIAL_CAPACITY << SLOT_SHIFT);
  private generation = 1;

  /** Where the key is, or -1. */
  find(low: number, high: number): number {
    const { slots, mask, generation } = this;
    let at = (low ^ (high >>> 7)) & mask;
    for (;;) {
      const slot = at << SLOT_SHIFT;
      if (slots[slot + GENERATION] !== generation) return -1;
      if (slots[slot + LOW] === low && slots[slot + HIGH] === high) return slot;
      at = (at + 1) & mask;
    }
  }

  countAgain(slot: number): number {
    return this.slots[slot + COUNT]!++;
  }

  /** The key must not be there. */
  add(low: number, high: number, count: number): void {
    const { slots, mask, generation } = this;
    let at = (low ^ (high >>> 7)) & mask;
    while (slots[(at << SLOT_SHIFT) + GENERATION] === generation) at = (at + 1) & mask;
    const slot = at << SLOT_SHIFT;
    slots[slot + LOW] = low;
    slots[slot + HIGH] = high;
    slots[slot + COUNT] = count;
    slots[slot + GENERATION] = generation;
    if (++this.used * 4 > mask * 3) this.widen();
  }

  clear(): void {
    this.generation++;
    this.used = 0;
  }

  private widen(): void {
    const { slots, generation } = this;
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.slots = new Int32Array(capacity << SLOT_SHIFT);
    this.used = 0;
    for (let slot = 0; slot < slots.length; slot += 1 << SLOT_SHIFT) {
      if (slots[slot + GENERATION] !== generation) continue;
      this.add(slots[slot + LOW]!, slots[slot + HIGH]!, slots[slot + COUNT]!);
    }
  }
}
