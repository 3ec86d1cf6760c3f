/** Every knob of the simulated world that is not the protocol's, in one place. */
import type { Microseconds } from '@lisping/core';
import type { NetworkSetting } from './network.ts';

/** A step that takes base + bytes / bytesPerMicrosecond + a keyed draw below jitter. */
export interface StepDuration {
  readonly base: Microseconds;
  readonly jitter: Microseconds;
  readonly bytesPerMicrosecond: number;
}

/** How long things take when nothing is wrong. */
export interface WorldSetting {
  readonly network: NetworkSetting;
  /** A map attempt, from assignment to synced segments. */
  readonly map: StepDuration;
  /** A reduce attempt, once it holds all its segments. */
  readonly reduce: StepDuration;
  /** How much two attempts at the same task differ at most. */
  readonly attemptJitter: Microseconds;
  /** The end of a map attempt, in which its output is written but not yet synced. */
  readonly syncWindow: Microseconds;
  readonly journal: StepDuration;
  /** How long a primary waits for the journal before a write counts as failed. */
  readonly journalPatience: Microseconds;
  readonly store: StepDuration;
  readonly plan: Microseconds;
  /** How long a replica's disk takes to find segments that another one asks for. */
  readonly diskRead: Microseconds;
  /** How long a replica bears with user code that hangs. */
  readonly taskPatience: Microseconds;
  /** How long a replica waits for a peer before it calls it unreachable. */
  readonly fetchPatience: Microseconds;
  /** How long anybody waits for the store before the answer is unclear. */
  readonly storePatience: Microseconds;
  /** How long a supervisor waits before it starts a primary again. */
  readonly supervisor: Microseconds;
  /** How long the primary has been up when the client and the first replica start. */
  readonly primaryFirst: Microseconds;
  /** Replicas are started within this time after that. */
  readonly arrival: Microseconds;
}

/** A rack of ordinary machines; tasks last 3 to 10 seconds. */
export const DEFAULT_WORLD: WorldSetting = {
  network: { latency: 300, jitter: 1_200, bytesPerMicrosecond: 100 },
  map: { base: 3_000_000, jitter: 6_400_000, bytesPerMicrosecond: 20 },
  reduce: { base: 3_000_000, jitter: 6_400_000, bytesPerMicrosecond: 20 },
  attemptJitter: 500_000,
  syncWindow: 50_000,
  journal: { base: 500, jitter: 2_500, bytesPerMicrosecond: 100 },
  journalPatience: 2_000_000,
  store: { base: 1_000, jitter: 7_000, bytesPerMicrosecond: 100 },
  plan: 20_000,
  diskRead: 2_000,
  taskPatience: 20_000_000,
  fetchPatience: 1_000_000,
  storePatience: 2_000_000,
  supervisor: 1_500_000,
  primaryFirst: 50_000,
  arrival: 200_000,
};

/** The longest a step over so many bytes takes on a healthy node. */
export function longest(step: StepDuration, bytes: number): Microseconds {
  return step.base + step.jitter + Math.ceil(bytes / step.bytesPerMicrosecond);
}
