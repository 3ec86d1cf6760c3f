/**
 * What one life of a replica knows, and the few verbs by which it speaks to its host.
 */
import { assert } from '../../errors/assert.ts';
import type { EffectBuffer } from '../effects.ts';
import type { HeldSummary } from '../digest.ts';
import { effectId, epoch as asEpoch } from '../ids.ts';
import type { AttemptId, EffectId, Epoch, Incarnation, Microseconds, NodeId } from '../ids.ts';
import type { Message } from '../messages.ts';
import type { HeldOutput, Outcome } from '../plan.ts';
import { PrimaryAddress } from '../primary-address.ts';
import type { Timing } from '../timing.ts';
import { Holdings } from './holdings.ts';
import type { Run } from './run.ts';
import type { FetchBatch, Shuffle } from './shuffle.ts';

export interface ReplicaOptions {
  readonly self: NodeId;
  /** Higher than that of every earlier life of this replica. */
  readonly incarnation: Incarnation;
  /** How many attempts run at once. */
  readonly slots: number;
  /** Where a primary may be found, in the order in which to try. */
  readonly primaries: readonly NodeId[];
  readonly timing: Timing;
  /** What the host found whole on its disk. */
  readonly held: readonly HeldOutput[];
  /** A host that drains one machine at a time may lend all of them the same buffer. */
  readonly effects?: EffectBuffer;
}

/** How the replica stands with the primary it follows. */
export type Membership = 'joining' | 'member';

/** How many unanswered heartbeats are remembered to date an answer. */
export const HEARTBEATS_REMEMBERED = 16;

/** Heartbeats without an answer before another address of the primary is tried. */
const PATIENCE = 3;

/** An attempt that is over here, and whose report is not yet answered. */
export interface Ended {
  readonly attempt: AttemptId;
  readonly outcome: Outcome;
}

/** Everything the replica runs and holds, at one moment, on its way to the primary. */
interface Snapshot {
  readonly number: number;
  /** The last heartbeat sent before it was taken. */
  readonly heartbeat: number;
  readonly held: readonly HeldSummary[];
  readonly running: readonly AttemptId[];
  readonly pages: number;
  page: number;
  /** When the page now on its way was first sent: a lease runs from here. */
  sentAt: Microseconds;
}

/** A request to the host whose completion is still to come. */
export type Pending =
  | { readonly kind: 'run'; readonly effect: EffectId; readonly run: Run }
  | {
      readonly kind: 'fetch';
      readonly effect: EffectId;
      readonly run: Run;
      readonly shuffle: Shuffle;
      readonly batch: FetchBatch;
    };

export interface ReplicaState {
  readonly options: ReplicaOptions;
  readonly effects: EffectBuffer;
  /** The highest epoch this replica has heard of; 0 before any. */
  epoch: Epoch;
  readonly address: PrimaryAddress;
  membership: Membership;
  /** The snapshot that is being told; null for a member. */
  snapshot: Snapshot | null;
  snapshots: number;
  /** Assignments sent before this heartbeat are of a time before the last snapshot. */
  joinedAt: number;
  heartbeatNumber: number;
  /** The highest heartbeat that was answered. */
  answered: number;
  /** By number, modulo {@link HEARTBEATS_REMEMBERED}. */
  readonly heartbeatSentAt: Microseconds[];
  leaseUntil: Microseconds;
  /** When the heartbeat timer fires next. */
  heartbeatDue: Microseconds;
  /**
   * What runs here, oldest first. Who takes a run out puts another list in its place, so that the
   * list may be walked while its runs end.
   */
  runs: readonly Run[];
  ended: readonly Ended[];
  readonly holdings: Holdings;
  /** So few at a time that looking through them costs less than a map. */
  pending: Pending[];
  lastEffect: number;
}

export function createState(options: ReplicaOptions): ReplicaState {
  assert(options.slots > 0, 'a replica needs a slot');
  return {
    options,
    effects: options.effects ?? [],
    epoch: asEpoch(0),
    address: new PrimaryAddress(options.primaries, PATIENCE),
    membership: 'joining',
    snapshot: null,
    snapshots: 0,
    joinedAt: 0,
    heartbeatNumber: 0,
    answered: 0,
    heartbeatSentAt: new Array<Microseconds>(HEARTBEATS_REMEMBERED).fill(0),
    leaseUntil: -1,
    heartbeatDue: 0,
    runs: [],
    ended: [],
    holdings: new Holdings(),
    pending: [],
    lastEffect: 0,
  };
}

export function hasLease(state: ReplicaState, now: Microseconds): boolean {
  return now < state.leaseUntil;
}

export function send(state: ReplicaState, message: Message): void {
  sendTo(state, state.address.current, message);
}

export function sendTo(state: ReplicaState, to: NodeId, message: Message): void {
  state.effects.push({ kind: 'send', to, message });
}

export function setTimer(state: ReplicaState, timer: number, after: Microseconds): void {
  state.effects.push({ kind: 'set-timer', timer, after });
}

/** The id of an effect that is answered; what it is for goes into the pending ones. */
export function nextEffect(state: ReplicaState): EffectId {
  return effectId(++state.lastEffect);
}

/** Whoever waits for this completion, who then waits no more; null when nobody does. */
export function takePending({ pending }: ReplicaState, effect: EffectId): Pending | null {
  for (let i = 0; i < pending.length; i++) {
    const one = pending[i];
    if (one?.effect !== effect) continue;
    const last = pending.pop();
    if (last !== undefined && last !== one) pending[i] = last;
    return one;
  }
  return null;
}
