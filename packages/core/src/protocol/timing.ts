/**
 * Every duration and limit of the protocol in one place, the same for all nodes of a cluster.
 * Durations are integer microseconds on the clock of the node that waits.
 */
import type { Microseconds } from './ids.ts';

/** The knobs of the protocol; {@link DEFAULT_TIMING} documents sane values. */
export interface Timing {
  /** A replica sends a heartbeat this often. */
  readonly heartbeat: Microseconds;
  /** A replica may act this long after *sending* the last heartbeat that was answered. */
  readonly lease: Microseconds;
  /** Without a heartbeat for this long a replica is silent: it gets no new work. */
  readonly silence: Microseconds;
  /**
   * Without a heartbeat for this long a replica is lost. Longer than the lease by the drift bound
   * and a margin, so that a replica has normally stopped before its work is given away.
   */
  readonly detection: Microseconds;
  /** How far two clocks may run apart, in parts per million. */
  readonly driftPpm: number;
  /** The first wait after a fetch that failed; it doubles up to {@link fetchRetryMax}. */
  readonly fetchRetry: Microseconds;
  readonly fetchRetryMax: Microseconds;
  /** Failed fetches from one source by one attempt before the source is taken to be the culprit. */
  readonly fetchFailuresPerSource: number;
  /** Distinct sources one attempt may complain about alone before it is the culprit itself. */
  readonly sourcesPerReporter: number;
  /** How many segment requests a reduce attempt keeps in flight. */
  readonly fetchesInFlight: number;
  /** The wait before an unclear operation of the output store is repeated. */
  readonly storeRetry: Microseconds;
  /** How often an upload is tried by one attempt before the attempt gives up. */
  readonly uploadTries: number;
  /** How many attempts of one task may give up because the store is full before the job fails. */
  readonly storeGiveUps: number;
  /** The longest an operation of the store may take effect after it was sent. */
  readonly storeDelayMax: Microseconds;
  /** Failures of one task that fail the job. */
  readonly attemptsPerTask: number;
  /** A running attempt this much slower than the mean of its kind gets a twin, in percent. */
  readonly speculationPercent: number;
  /** …but never before it ran this long. */
  readonly speculationDelay: Microseconds;
  /** How often the primary looks for stragglers and silent replicas. */
  readonly tick: Microseconds;
  /** A client repeats an unanswered request, and asks for news, this often. */
  readonly clientRetry: Microseconds;
  /** The most entries of any list in one message. */
  readonly page: number;
}

/** What `lisping sim` uses unless told otherwise. */
export const DEFAULT_TIMING: Timing = {
  heartbeat: 1_000_000,
  lease: 3_000_000,
  silence: 2_500_000,
  detection: 4_000_000,
  driftPpm: 500,
  fetchRetry: 500_000,
  fetchRetryMax: 4_000_000,
  fetchFailuresPerSource: 3,
  sourcesPerReporter: 3,
  fetchesInFlight: 5,
  storeRetry: 1_000_000,
  uploadTries: 5,
  storeGiveUps: 8,
  storeDelayMax: 30_000_000,
  attemptsPerTask: 4,
  speculationPercent: 150,
  speculationDelay: 5_000_000,
  tick: 1_000_000,
  clientRetry: 2_000_000,
  page: 128,
};
