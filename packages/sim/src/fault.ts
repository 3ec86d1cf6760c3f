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
 * stands for everybody (`replica-7->*`).
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
 * A process dies: what it had not synced is lost or torn, what it was waiting for never comes.
 * With `disk: 'wiped'` (replicas only) its disk is empty when it is back. Targets: replicas,
 * `primary`, `successor`, `client`.
 */
export interface CrashFault extends Once {
  readonly kind: 'crash';
  readonly target: string;
  readonly disk: 'kept' | 'wiped';
  /** When it is started again; null: never. */
  readonly until: Microseconds | null;
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
}

/** The output store has no room for uploads. */
interface StoreFullFault extends Lasting {
  readonly kind: 'store-full';
  readonly target: 'store';
}

/** One record of a fault schedule. */
export type Fault =
  | CrashFault
  | PauseFault
  | SlowFault
  | CutFault
  | LossFault
  | DuplicationFault
  | DelayFault
  | SuccessorFault
  | DamageFault
  | CancelFault
  | StoreFullFault;

export type FaultKind = Fault['kind'];

/** Every kind, in the order in which summaries print them. */
export const FAULT_KINDS: readonly FaultKind[] = [
  'crash',
  'pause',
  'slow',
  'cut',
  'loss',
  'duplication',
  'delay',
  'successor',
  'damage',
  'cancel',
  'store-full',
];
