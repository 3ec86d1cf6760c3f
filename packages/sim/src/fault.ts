/**
 * A fault schedule is data: a list of records with absolute integer times. Whoever makes the list
 * (a rate, a mix, a file, a shrinker), the list alone makes the run.
 *
 * Times are integer microseconds of virtual time. `until` is when the fault ends by itself; a fault
 * that lasts is ended anyway when the world heals, except a crash whose `until` is null: that node
 * stays away for good (one primary and one replica are always brought back).
 *
 * `target` names a node (`replica-7`, `primary`, `successor`, `client`, `store`). A fault of a link
 * takes a pair instead: `replica-7->primary` is one direction, `replica-7<->primary` both, and `*`
 * stands for everybody (`replica-7->*`). Faults of the journal name the whole of it (`journal`), or
 * one primary's way to it (`primary`, `successor`).
 */
import type { Microseconds } from '@lisping/core';

interface Once {
  /** When it strikes. */
  readonly at: Microseconds;
}
interface Lasting extends Once {
  /** When it ends by itself. */
  readonly until: Microseconds;
}

/**
 * What a crash leaves of writes that were under way: `kept` whatever of them had reached the disk, a
 * draw; `unsynced-lost` nothing of them; `torn` a part of them, which a checksum shows. With `wiped`
 * (replicas only) everything is gone.
 */
export type DiskAfterCrash = 'kept' | 'unsynced-lost' | 'torn' | 'wiped';

/**
 * A process dies: what it had not synced is lost or torn, what it was waiting for never comes.
 * Targets: replicas, `primary`, `successor`, `client`.
 */
export interface CrashFault extends Once {
  readonly kind: 'crash';
  readonly target: string;
  readonly disk: DiskAfterCrash;
  /** When it is started again; null: never. */
  readonly until: Microseconds | null;
}

/**
 * A process dies at its k-th durable write: an append or a marker of a primary, a stored map output
 * of a replica. Armed from `at` to `until`; writes are counted from `at`.
 */
export interface CrashAtWriteFault extends Lasting {
  readonly kind: 'crash-at-write';
  readonly target: string;
  /** Which write, from 1. */
  readonly write: number;
  /** Before anything of it is on the disk, with a part of it there, or with all of it and no answer. */
  readonly when: 'before' | 'torn' | 'after';
  /** How long it stays away; null: for good. */
  readonly down: Microseconds | null;
}

/** A process stands still and its events queue up; disk operations already issued go on. */
interface PauseFault extends Lasting {
  readonly kind: 'pause';
  readonly target: string;
}

/** A process takes `factor` times as long for everything it computes. */
interface SlowFault extends Lasting {
  readonly kind: 'slow';
  readonly target: string;
  readonly factor: number;
}

/** Nothing passes. */
export interface CutFault extends Lasting {
  readonly kind: 'cut';
  readonly target: string;
}

/** A fault that may mean one packet alone. */
interface OfPackets extends Lasting {
  /**
   * Only the packet of this number is meant, of those that go that way from `at` on: 1 is the first.
   * Left out: all of them.
   */
  readonly packet?: number;
}

/** Each packet is lost with this probability, in thousandths. */
export interface LossFault extends OfPackets {
  readonly kind: 'loss';
  readonly target: string;
  readonly perMille: number;
}

/** Each packet comes a second time, some time later, with this probability, in thousandths. */
export interface DuplicationFault extends OfPackets {
  readonly kind: 'duplication';
  readonly target: string;
  readonly perMille: number;
  /** So long after the first time; left out: drawn. */
  readonly by?: Microseconds;
}

/** Each packet takes `by` microseconds longer with this probability, in thousandths. */
export interface DelayFault extends OfPackets {
  readonly kind: 'delay';
  readonly target: string;
  readonly by: Microseconds;
  readonly perMille: number;
}

/** Each packet takes up to `by` microseconds longer, a draw of its own, so that they overtake. */
export interface ReorderFault extends Lasting {
  readonly kind: 'reorder';
  readonly target: string;
  readonly by: Microseconds;
}

/** Packets are kept back, and all arrive when it ends, in the order in which they were sent. */
export interface HoldFault extends Lasting {
  readonly kind: 'hold';
  readonly target: string;
}

/**
 * A clock jumps by `offset` microseconds and then runs `drift` parts per million too fast, or too
 * slow when negative. What a process reads never goes back: after a jump backwards its clock stands
 * still until the time has caught up. When the fault ends, it runs as others do from where it is.
 */
export interface ClockFault extends Lasting {
  readonly kind: 'clock';
  readonly target: string;
  readonly offset: Microseconds;
  readonly drift: number;
}

/** A second primary is started beside the first, whether that one lives or not. */
interface SuccessorFault extends Once {
  readonly kind: 'successor';
  readonly target: 'successor';
}

/** Bits flip in one stored segment of every output that the replica holds at this moment. */
interface DamageFault extends Once {
  readonly kind: 'damage';
  readonly target: string;
  /** Which segment, counted modulo the number of partitions. */
  readonly partition: number;
}

/** The user cancels the job. */
interface CancelFault extends Once {
  readonly kind: 'cancel';
  readonly target: 'client';
  /** Which job, counted from 0 in the order of submitting; absent: all that were submitted. */
  readonly job?: number;
}

/** The disk of a replica has no room for outputs. */
interface DiskFullFault extends Lasting {
  readonly kind: 'disk-full';
  readonly target: string;
}

/** The disk of a replica takes `factor` times as long to store an output, and to read segments. */
interface DiskSlowFault extends Lasting {
  readonly kind: 'disk-slow';
  readonly target: string;
  readonly factor: number;
}

/** Everything asked of the journal takes `by` longer. A write that takes too long is answered as failed, and done all the same. */
interface JournalSlowFault extends Lasting {
  readonly kind: 'journal-slow';
  readonly target: string;
  readonly by: Microseconds;
}

/**
 * No answer of the journal comes. What is written meanwhile is done, in part or not, perhaps long
 * after who asked for it has given up and died; what is read is read when it ends.
 */
interface JournalCutFault extends Lasting {
  readonly kind: 'journal-cut';
  readonly target: string;
}

/** The journal has no room: a write fails, and may leave a part of itself. */
interface JournalFullFault extends Lasting {
  readonly kind: 'journal-full';
  readonly target: string;
}

/** The output store has no room for uploads. */
interface StoreFullFault extends Lasting {
  readonly kind: 'store-full';
  readonly target: 'store';
}

/**
 * The output store does what it is asked `by` later, whatever has become of who asked. Longer than
 * anybody waits, and nobody knows whether it happened.
 */
interface StoreSlowFault extends Lasting {
  readonly kind: 'store-slow';
  readonly target: 'store';
  readonly by: Microseconds;
}

/**
 * Events are due at whole multiples of `grain` microseconds only, and those of one instant come in
 * another order: the last made first, or shuffled.
 */
interface TieFault extends Lasting {
  readonly kind: 'tie';
  readonly target: '*';
  readonly grain: Microseconds;
  readonly prefer: 'last' | 'shuffled';
}

interface OfTask extends Lasting {
  readonly kind: 'task';
  /** A replica, or `*`: all of them. */
  readonly target: string;
  /** `map-3`, `reduce-0`, or `*`: every task. */
  readonly task: string;
}

/**
 * User code fails for reasons of its surroundings, in attempts that begin while the fault lasts: it
 * throws; it hangs, until the fault ends or its replica's patience; or its process is killed, before
 * the first record (null) or in the record of that number.
 */
export type TaskFault =
  | (OfTask & { readonly effect: 'throws' | 'hangs' })
  | (OfTask & { readonly effect: 'killed'; readonly record: number | null });

/** One record of a fault schedule. */
export type Fault =
  | CrashFault
  | CrashAtWriteFault
  | PauseFault
  | SlowFault
  | ClockFault
  | CutFault
  | LossFault
  | DuplicationFault
  | DelayFault
  | ReorderFault
  | HoldFault
  | SuccessorFault
  | DamageFault
  | DiskFullFault
  | DiskSlowFault
  | JournalSlowFault
  | JournalCutFault
  | JournalFullFault
  | StoreFullFault
  | StoreSlowFault
  | TieFault
  | TaskFault
  | CancelFault;

export type FaultKind = Fault['kind'];

/** Every kind, in the order in which summaries print them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  'crash',
  'crash-at-write',
  'pause',
  'slow',
  'clock',
  'cut',
  'loss',
  'duplication',
  'delay',
  'reorder',
  'hold',
  'successor',
  'damage',
  'disk-full',
  'disk-slow',
  'journal-slow',
  'journal-cut',
  'journal-full',
  'store-full',
  'store-slow',
  'tie',
  'task',
  'cancel',
];
