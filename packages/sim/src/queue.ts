/**
 * The one queue of a world, ordered by (time, sequence): what was added first comes first among
 * items of the same instant.
 *
 * A 4-ary heap over typed arrays that holds slot numbers; the items themselves are pooled objects of
 * one shape that never move. Taking an item leaves a hole at the root which the next item added
 * fills, so that a handler that adds one item costs one pass through the heap instead of two.
 *
 * Beside the heap stand lines of what is added in the order in which it is due, or nearly so: what is
 * due soon, and items that wait for one of a few usual durations. What comes next is the first of
 * them all, so that nobody can tell.
 */
import { assert, mix32 } from '@lisping/core';
import type { Fault } from './fault.ts';
import type { Operation } from './operation.ts';
import type { MapReduce, Protocol } from './protocol.ts';
import { WaitingLine } from './waiting-line.ts';

/** What an event is; small integers, so that the loop switches over a table. */
export const EVENT = {
  /** A control message arrives. */
  message: 1,
  /** A timer of a machine fires. */
  timer: 2,
  /** An operation that the process itself or its disk does is done. */
  completion: 3,
  /** An operation has waited long enough. */
  timeout: 4,
  /** A request of the data plane or to the store arrives where it is served. */
  request: 5,
  /** Its answer arrives where it was issued. */
  response: 6,
  /** A process is started. */
  start: 7,
  /** A fault strikes. */
  fault: 8,
  /** A lasting fault ends. */
  repair: 9,
  /** Everything heals. */
  heal: 10,
  /** Somebody looks whether the run is over; no event of the run itself. */
  look: 11,
  /** A job is due to be submitted. */
  submit: 12,
} as const;

/** In which order the events of one instant come. */
export type TieOrder = 'first' | 'last' | 'shuffled';

/** One item of the queue. Its owner is the queue; nobody keeps one after it was handled. */
export class QueuedEvent<P extends Protocol = MapReduce> {
  readonly slot: number;
  type = 0;
  /** The node at which it is handled. */
  node = 0;
  /** The life of the process that it is meant for; 0: whoever lives there. */
  life = 0;
  /** Where a message comes from, and the code of its kind. */
  from = 0;
  messageCode = 0;
  timer = 0;
  /** Identity and content of what is delivered, for the trace's hash. */
  key = 0;
  content = 0;
  /** Dropped without a word when its turn comes. */
  dead = false;
  /** Out of the heap, but kept by a paused process. */
  parked = false;
  message: P['message'] | null = null;
  operation: Operation<P> | null = null;
  /** What an answer brings. */
  cargo: P['cargo'] | null = null;
  fault: Fault | null = null;

  constructor(slot: number) {
    this.slot = slot;
  }
}

/** An item of the queue, and when its turn comes. */
export interface Waiting<P extends Protocol = MapReduce> {
  readonly time: number;
  readonly event: QueuedEvent<P>;
}

/** What is due within this many microseconds is mostly due before whatever is added later. */
const SOON = 5_000;

const ARITY_SHIFT = 2;
const INITIAL_CAPACITY = 1024;

export class EventQueue<P extends Protocol = MapReduce> {
  /** The time of the item taken last. */
  now = 0;
  private times = new Float64Array(INITIAL_CAPACITY);
  private sequences = new Float64Array(INITIAL_CAPACITY);
  private slots = new Int32Array(INITIAL_CAPACITY);
  private size = 0;
  private hole = false;
  private sequence = 0;
  private order: TieOrder = 'first';
  private grain = 1;
  private readonly pool: QueuedEvent<P>[] = [];
  private readonly free: QueuedEvent<P>[] = [];
  /** What is due soon, packets above all, and nearly in order; a crowd goes into the heap. */
  private readonly soon = new WaitingLine(0);
  private lines: readonly WaitingLine[] = [this.soon];

  /** Items waiting, the dead ones among them. */
  get length(): number {
    const inHeap = this.hole ? this.size - 1 : this.size;
    return this.lines.reduce((sum, { length }) => sum + length, inHeap);
  }

  /** Many items will wait so long: those are to stand in lines. Nothing else depends on it. */
  expect(durations: readonly number[]): void {
    assert(this.length === 0, 'lines are made before anybody stands in them');
    // Worlds that follow each other mostly expect the same, and take over the lines.
    const line = (duration: number): WaitingLine =>
      this.lines.find((old) => old !== this.soon && old.duration === duration) ??
      new WaitingLine(duration);
    this.lines = [this.soon, ...[...new Set(durations)].map(line)];
  }

  /** An item for `time`, not before now, to be filled in by the caller. */
  add(time: number, type: number, node: number): QueuedEvent<P> {
    const event = this.spare(type, node);
    const isSoon = this.order === 'first' && time - this.now < SOON;
    if (isSoon && this.soon.letIn(time, this.sequence, event.slot)) {
      this.sequence++;
      return event;
    }
    this.insert(this.order === 'first' ? time : this.due(time, type), event.slot);
    return event;
  }

  /** An item that waits so long from now, to be filled in by the caller. */
  addAfter(duration: number, type: number, node: number): QueuedEvent<P> {
    if (this.order === 'first') {
      for (let i = 1; i < this.lines.length; i++) {
        const line = this.lines[i]!;
        if (line.duration !== duration) continue;
        const event = this.spare(type, node);
        line.push(this.now + duration, this.sequence++, event.slot);
        return event;
      }
    }
    return this.add(this.now + duration, type, node);
  }

  /**
   * From now on what is added is due at multiples of `grain` only, and what is due at one instant
   * comes in this order. What happens to the world from outside stays as it is.
   */
  prefer(order: TieOrder, grain: number): void {
    this.order = order;
    this.grain = grain;
  }

  private due(time: number, type: number): number {
    return type > EVENT.response ? time : Math.ceil(time / this.grain) * this.grain;
  }

  /** An item that waits outside of the queue for {@link again}. */
  spare(type: number, node: number): QueuedEvent<P> {
    const event = this.free.pop() ?? this.grow();
    event.type = type;
    event.node = node;
    // A recycled event keeps nothing of the one before: the key goes into the trace's hash.
    event.key = 0;
    return event;
  }

  /** Puts a parked item back, to be handled at `time`. */
  again(time: number, event: QueuedEvent<P>): void {
    event.parked = false;
    this.insert(this.order === 'first' ? time : this.due(time, event.type), event.slot);
  }

  /** The next item, or null when there is none; {@link now} is its time. */
  take(): QueuedEvent<P> | null {
    if (this.hole) this.fillHole();
    const line = this.earlierLine();
    if (line !== null) {
      this.now = line.time;
      return this.pool[line.shift()]!;
    }
    if (this.size === 0) return null;
    this.now = this.times[0]!;
    this.hole = true;
    return this.pool[this.slots[0]!]!;
  }

  /** The line whose first item comes next, or null when the heap's comes before. */
  private earlierLine(): WaitingLine | null {
    let time = this.size === 0 ? Number.POSITIVE_INFINITY : this.times[0]!;
    let sequence = this.sequences[0]!;
    let earliest: WaitingLine | null = null;
    for (let i = 0; i < this.lines.length; i++) {
      const line = this.lines[i]!;
      if (line.time > time || (line.time === time && line.sequence > sequence)) continue;
      if (line.length === 0) continue;
      ({ time, sequence } = line);
      earliest = line;
    }
    return earliest;
  }

  /** Everything that waits and is not dead, in the order in which it will come. Not cheap. */
  waiting(): readonly Waiting<P>[] {
    if (this.hole) this.fillHole();
    const waiting: (Waiting<P> & { readonly sequence: number })[] = [];
    const visit = (time: number, sequence: number, slot: number): void => {
      const event = this.pool[slot]!;
      if (!event.dead) waiting.push({ time, sequence, event });
    };
    for (let i = 0; i < this.size; i++) visit(this.times[i]!, this.sequences[i]!, this.slots[i]!);
    for (const line of this.lines) line.forEach(visit);
    return waiting.sort((a, b) => a.time - b.time || a.sequence - b.sequence);
  }

  /** The item was handled and may be used again. */
  release(event: QueuedEvent<P>): void {
    event.life = 0;
    event.dead = false;
    event.message = null;
    event.operation = null;
    event.cargo = null;
    event.fault = null;
    this.free.push(event);
  }

  /** Forgets everything, and keeps the memory. */
  clear(): void {
    if (this.hole) this.fillHole();
    for (let i = 0; i < this.size; i++) this.release(this.pool[this.slots[i]!]!);
    for (const line of this.lines) while (line.length > 0) this.release(this.pool[line.shift()]!);
    // Some may have been parked or spare to the end.
    if (this.free.length < this.pool.length) {
      this.free.length = 0;
      for (const event of this.pool) this.release(event);
    }
    this.size = 0;
    this.sequence = 0;
    this.now = 0;
    this.prefer('first', 1);
  }

  private insert(time: number, slot: number): void {
    const sequence = this.order === 'first' ? this.sequence++ : this.disordered(time, slot);
    if (this.hole) {
      this.hole = false;
      this.siftDown(time, sequence, slot);
      return;
    }
    if (this.size === this.times.length) this.widen();
    this.siftUp(this.size++, time, sequence, slot);
  }

  /** What stands for the sequence of an item: less than that of any item made in order, or not. */
  private disordered(time: number, slot: number): number {
    const { type, node } = this.pool[slot]!;
    const sequence = this.sequence++;
    if (type > EVENT.response) return sequence;
    if (this.order === 'last') return -sequence;
    // By what it is and whom it is for; what is alike in that stays in order.
    const draw = mix32(mix32((time | 0) ^ Math.imul(type, 0x9e3779b1)) ^ node) >>> 12;
    return draw * 0x1_0000_0000 + sequence;
  }

  private fillHole(): void {
    this.hole = false;
    const last = --this.size;
    if (last > 0) this.siftDown(this.times[last]!, this.sequences[last]!, this.slots[last]!);
  }

  private siftUp(start: number, time: number, sequence: number, slot: number): void {
    const { times, sequences, slots } = this;
    let at = start;
    while (at > 0) {
      const parent = (at - 1) >> ARITY_SHIFT;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && sequences[parent]! < sequence)) break;
      times[at] = parentTime;
      sequences[at] = sequences[parent]!;
      slots[at] = slots[parent]!;
      at = parent;
    }
    times[at] = time;
    sequences[at] = sequence;
    slots[at] = slot;
  }

  /** Puts an item at the root and lets it sink. */
  private siftDown(time: number, sequence: number, slot: number): void {
    const { times, sequences, slots, size } = this;
    let at = 0;
    for (;;) {
      let child = (at << ARITY_SHIFT) + 1;
      if (child >= size) break;
      let least = child;
      let leastTime = times[child]!;
      const end = child + 4 < size ? child + 4 : size;
      for (child++; child < end; child++) {
        const childTime = times[child]!;
        if (
          childTime < leastTime ||
          (childTime === leastTime && sequences[child]! < sequences[least]!)
        ) {
          least = child;
          leastTime = childTime;
        }
      }
      if (leastTime > time || (leastTime === time && sequences[least]! > sequence)) break;
      times[at] = leastTime;
      sequences[at] = sequences[least]!;
      slots[at] = slots[least]!;
      at = least;
    }
    times[at] = time;
    sequences[at] = sequence;
    slots[at] = slot;
  }

  private grow(): QueuedEvent<P> {
    const event = new QueuedEvent<P>(this.pool.length);
    this.pool.push(event);
    return event;
  }

  private widen(): void {
    const capacity = this.times.length * 2;
    this.times = widened(this.times, new Float64Array(capacity));
    this.sequences = widened(this.sequences, new Float64Array(capacity));
    this.slots = widened(this.slots, new Int32Array(capacity));
  }
}

function widened<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
