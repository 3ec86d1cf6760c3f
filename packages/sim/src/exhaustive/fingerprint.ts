/**
 * The state of a whole world as one number: everything that the future of a run and the verdicts of
 * its checkers can depend on, and nothing else.
 *
 * Machines, hosts, stores and checkers are plain objects, so they are walked as they are: fields in
 * their order, maps and sets in their order of insertion, which programs can see, and an object met
 * before by the number of its first meeting, so that cycles end and sharing counts. Left out is only
 * what nothing depends on: settings, counts and hashes of what has happened. When everything will
 * heal is no part of it either: a fault that is still to come decides that.
 */
import type { Fault } from '../fault.ts';
import { EVENT, QueuedEvent } from '../queue.ts';
import type { Waiting } from '../queue.ts';
import type { SmallRun } from './small-run.ts';
import type { WatchedQueue } from './watched-queue.ts';

/** Fields of classes in which no state of a run is kept. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  // What hosts and checkers stand on: the same for all runs, or walked by itself.
  'context',
  'options',
  'setting',
  'timing',
  'world',
  'workload',
  'targets',
  'work',
  'watch',
  'director',
  // Counts for summaries.
  'tally',
  'applied',
  'missed',
  // Which replicas a fault of the past may have cost something.
  'reaches',
  // When the world heals, and how long the job may take from then on.
  'healTime',
  'healedAt',
  'allowed',
  'bound',
]);

export class Fingerprint {
  private low = 0;
  private high = 0;
  private readonly met = new Map<object, number>();
  private readonly texts = new Map<string, number>();
  /** The fields of a class that are part of the state. */
  private readonly classes = new Map<unknown, readonly string[]>();
  private readonly float = new Float64Array(1);
  private readonly halves: Int32Array = new Int32Array(this.float.buffer);

  /**
   * 53 bits. `next`: the item that has been taken out of the queue and not been handled yet, at `now`.
   * `salt`: what else must be the same, such as the time.
   */
  of({ schedule, checks }: SmallRun, queue: WatchedQueue, next: Waiting, salt: number): number {
    this.low = 0x6a09e667 ^ salt;
    this.high = 0xbb67ae85 | 0;
    this.met.clear();
    this.met.set(schedule.timing, 0);
    this.walk(schedule.world.processes);
    this.walk(schedule.world.network.inForce);
    this.walk(schedule.journal);
    for (const fault of schedule.faultsInForce) this.fault(fault);
    for (const [fault, trap] of schedule.traps) {
      this.fault(fault);
      this.walk(trap);
    }
    this.add(schedule.hasTold ? 1 : 0);
    for (const observer of checks.observers) this.walk(observer);
    this.due(next);
    for (const waiting of queue.waiting()) this.due(waiting);
    return (this.high & 0x1f_ffff) * 0x1_0000_0000 + (this.low >>> 0);
  }

  private due({ time, event }: Waiting): void {
    if (event.type === EVENT.heal || event.type === EVENT.look) return;
    this.number(time);
    this.event(event);
  }

  private add(value: number): void {
    const low = Math.imul(this.low ^ value, 0x85ebca6b);
    this.low = (low << 13) | (low >>> 19);
    const high = Math.imul(this.high ^ (value >>> 3) ^ (value << 29), 0xc2b2ae35);
    this.high = ((high << 15) | (high >>> 17)) ^ this.low;
  }

  private number(value: number): void {
    if ((value | 0) === value) return this.add(value);
    this.float[0] = value;
    this.add(this.halves[0]!);
    this.add(this.halves[1]!);
  }

  private text(text: string): void {
    let hash = this.texts.get(text);
    if (hash === undefined) {
      hash = 0x811c9dc5;
      for (let i = 0; i < text.length; i++) {
        hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      }
      hash ^= text.length << 20;
      this.texts.set(text, hash);
    }
    this.add(hash);
  }

  private walk(value: unknown): void {
    switch (typeof value) {
      case 'number':
        return this.number(value);
      case 'string':
        return this.text(value);
      case 'boolean':
        return this.add(value ? 3 : 5);
      case 'undefined':
        return this.add(7);
      case 'object':
        return value === null ? this.add(11) : this.object(value);
      case 'function':
        return; // methods and callbacks of settings: no state of a run is in a closure
      case 'bigint':
      case 'symbol':
        throw new Error(`the state of a world holds a ${typeof value}`);
    }
  }

  private object(value: object): void {
    // Every cycle goes through an object that is no list.
    if (Array.isArray(value)) {
      this.add(17 + (value.length << 8));
      for (let i = 0; i < value.length; i++) this.walk(value[i]);
    } else if (value instanceof Map) {
      this.add(19 + (value.size << 8));
      for (const [key, item] of value) {
        this.walk(key);
        this.walk(item);
      }
    } else if (value instanceof Set) {
      this.add(23 + (value.size << 8));
      for (const item of value) this.walk(item);
    } else if (ArrayBuffer.isView(value)) {
      // Bytes always lie beside their checksum.
      this.add(29 + (value.byteLength << 8));
    } else this.fields(value);
  }

  /** Names are not taken: what is told apart by its fields has a kind. */
  private fields(value: object): void {
    const { met } = this;
    const before = met.get(value);
    if (before !== undefined) return this.add(13 + (before << 8));
    met.set(value, met.size);
    // The small world is of our own protocol.
    if (value instanceof QueuedEvent) return this.event(value as QueuedEvent);
    const fields = value as Readonly<Record<string, unknown>>; // any object may be read by name
    const { constructor } = value;
    if (constructor === Object) {
      this.add(31);
      for (const name in fields) this.walk(fields[name]);
      return;
    }
    let names = this.classes.get(constructor);
    if (names === undefined) {
      names = Object.keys(value).filter((name) => !LEFT_OUT.has(name));
      this.classes.set(constructor, names);
    }
    this.add(41);
    for (let i = 0; i < names.length; i++) this.walk(fields[names[i]!]);
  }

  /** The key of an operation decides what a crash leaves of it; that of a message decides nothing. */
  private event(event: QueuedEvent): void {
    this.add((event.type << 8) ^ event.node);
    this.number(event.life);
    // An item that was used before keeps what its kind does not read.
    if (event.type === EVENT.message) this.add(event.from);
    if (event.type === EVENT.timer) this.add(event.timer);
    this.walk(event.message);
    this.walk(event.operation);
    this.walk(event.cargo);
    this.fault(event.fault);
  }

  /** When it struck is past. */
  private fault(fault: Fault | null): void {
    if (fault === null) return this.add(37);
    for (const [name, value] of Object.entries(fault)) if (name !== 'at') this.walk(value);
  }
}
