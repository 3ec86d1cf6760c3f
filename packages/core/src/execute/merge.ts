// Merges sorted segments into groups without holding any: a heap of readers, ordered by key and, among
// equal keys, by the number of the map task.
import { compareRanges } from '../bytes/compare.ts';
import type { AnyJob } from '../job/any-job.ts';
import { SegmentReader } from './segment-reader.ts';
import type { SegmentSource } from './segment.ts';
import { keyEnd } from './sorted-key.ts';

/** Walks over groups, and over the values of the group it is in. */
export class GroupMerge {
  /** The encoded key of the group. */
  key: Uint8Array = new Uint8Array(0);
  /** The current value: bytes from start to end, valid until the next step. */
  bytes: Uint8Array = this.key;
  start = 0;
  end = 0;
  /** Values that were passed, read by reduce or not. */
  passed = 0;
  readonly #job: AnyJob;
  readonly #heap: SegmentReader[];
  #state: 'between' | 'at-first' | 'inside' = 'between';

  constructor(job: AnyJob, sources: readonly SegmentSource[]) {
    this.#job = job;
    this.#heap = sources
      .map((source, number) => new SegmentReader(source, number))
      .filter((reader) => reader.advance());
    for (let at = (this.#heap.length >>> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** Goes to the next group, past what is left of this one; false at the end. */
  nextGroup(): boolean {
    while (this.#state !== 'between') this.nextValue();
    const top = this.#heap[0];
    if (top === undefined) return false;
    const end = keyEnd(this.#job, top.bytes, top.keyStart, top.keyEnd);
    this.key = top.bytes.slice(top.keyStart, end);
    this.#state = 'at-first';
    return true;
  }

  /** Goes to the next value of the group; false at its end. */
  nextValue(): boolean {
    switch (this.#state) {
      case 'between':
        return false;
      case 'at-first':
        this.#state = 'inside';
        return this.#standOn(this.#heap[0]!);
      case 'inside': {
        const top = this.#heap[0]!;
        const alive = top.advance();
        // Among equal keys the lowest map comes first, so the top stays the top while its key stays.
        // Sorted values are part of what is compared, and need the heap.
        if (alive && !this.#job.sortValues && this.#isGroup(top)) return this.#standOn(top);
        if (!alive) this.#removeTop();
        if (this.#heap.length > 0) this.#sink(0);
        const next = this.#heap[0];
        if (next !== undefined && this.#isGroup(next)) return this.#standOn(next);
        this.#state = 'between';
        return false;
      }
    }
  }

  #standOn(reader: SegmentReader): true {
    this.passed++;
    this.bytes = reader.bytes;
    this.start = this.#job.sortValues ? reader.keyStart + this.key.length + 1 : reader.keyEnd;
    this.end = reader.valueEnd;
    return true;
  }

  #isGroup(reader: SegmentReader): boolean {
    const { key } = this;
    const end = keyEnd(this.#job, reader.bytes, reader.keyStart, reader.keyEnd);
    if (end - reader.keyStart !== key.length) return false;
    return compareRanges(reader.bytes, reader.keyStart, end, key, 0, key.length) === 0;
  }

  #removeTop(): void {
    const last = this.#heap.pop()!;
    if (this.#heap.length > 0) this.#heap[0] = last;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const moving = heap[from]!;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (!isBefore(heap[child]!, moving)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = moving;
  }
}

function isBefore(a: SegmentReader, b: SegmentReader): boolean {
  const order = compareRanges(a.bytes, a.keyStart, a.keyEnd, b.bytes, b.keyStart, b.keyEnd);
  return order !== 0 ? order < 0 : a.number < b.number;
}
