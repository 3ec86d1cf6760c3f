/**
 * Items that are due in the order in which they were added, or nearly so: a ring over typed arrays,
 * where a heap would sort what is sorted.
 */

const INITIAL_CAPACITY = 256;
/** How many items another one passes at most. */
const REACH = 16;

export class WaitingLine {
  /** How long its items wait, where that is the same for all. */
  readonly duration: number;
  /** Of the first item; infinite when there is none. */
  time: number = Number.POSITIVE_INFINITY;
  sequence = 0;
  length = 0;
  private head = 0;
  private mask = INITIAL_CAPACITY - 1;
  private times = new Float64Array(INITIAL_CAPACITY);
  private sequences = new Float64Array(INITIAL_CAPACITY);
  private slots = new Int32Array(INITIAL_CAPACITY);

  constructor(duration: number) {
    this.duration = duration;
  }

  /** Goes to the end: it must not be due before what stands there. */
  push(time: number, sequence: number, slot: number): void {
    if (this.length > this.mask) this.widen();
    this.put((this.head + this.length++) & this.mask, time, sequence, slot);
    if (this.length === 1) this.look();
  }

  /**
   * Lets it in where it belongs, behind whatever is due at the same time. False when it would have
   * to pass too many: nothing has changed then.
   */
  letIn(time: number, sequence: number, slot: number): boolean {
    const { times, mask, head, length } = this;
    if (length > mask) return false;
    const end = head + length;
    let at = end;
    while (at > head && times[(at - 1) & mask]! > time) {
      if (end - at === REACH) return false;
      at--;
    }
    for (let to = end; to > at; to--) this.move((to - 1) & mask, to & mask);
    this.put(at & mask, time, sequence, slot);
    this.length++;
    if (at === head) this.look();
    return true;
  }

  /** Takes the first item; there must be one. */
  shift(): number {
    const slot = this.slots[this.head]!;
    this.head = (this.head + 1) & this.mask;
    this.length--;
    this.look();
    return slot;
  }

  /** Calls back for every item, the first one first. */
  forEach(visit: (time: number, sequence: number, slot: number) => void): void {
    for (let i = 0; i < this.length; i++) {
      const at = (this.head + i) & this.mask;
      visit(this.times[at]!, this.sequences[at]!, this.slots[at]!);
    }
  }

  private put(at: number, time: number, sequence: number, slot: number): void {
    this.times[at] = time;
    this.sequences[at] = sequence;
    this.slots[at] = slot;
  }

  private move(from: number, to: number): void {
    this.put(to, this.times[from]!, this.sequences[from]!, this.slots[from]!);
  }

  private look(): void {
    const isEmpty = this.length === 0;
    this.time = isEmpty ? Number.POSITIVE_INFINITY : this.times[this.head]!;
    this.sequence = isEmpty ? 0 : this.sequences[this.head]!;
  }

  private widen(): void {
    const capacity = (this.mask + 1) * 2;
    const { times, sequences, slots } = this;
    this.times = unrolled(times, this.head, new Float64Array(capacity));
    this.sequences = unrolled(sequences, this.head, new Float64Array(capacity));
    this.slots = unrolled(slots, this.head, new Int32Array(capacity));
    this.mask = capacity - 1;
    this.head = 0;
  }
}

/** The ring from its head on, at the beginning of a larger one. */
function unrolled<T extends Float64Array | Int32Array>(ring: T, head: number, larger: T): T {
  larger.set(ring.subarray(head));
  larger.set(ring.subarray(0, head), ring.length - head);
  return larger;
}
