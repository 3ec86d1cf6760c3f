/**
 * What a checker is: an observer that watches one promise of the protocol from outside, and says at
 * the end whether it was kept. Checkers share no code with the machines, only the types of what
 * crosses their borders.
 */
import type { JobId, Microseconds, Timing } from '@lisping/core';
import type { Fault } from '../fault.ts';
import type { Observer } from '../observe.ts';

/** What a checker must know before the run begins. */
export interface CheckContext {
  readonly replicas: number;
  readonly slots: number;
  readonly timing: Timing;
  /** The job that is watched. Others may run beside it. */
  readonly job: JobId;
  /** Which of the jobs it is, in the order in which they are submitted. */
  readonly place: number;
  /** How many there are. */
  readonly jobs: number;
  /** When the client first submits it, if it is up. */
  readonly submittedAt: Microseconds;
  /** The host makes attempts at a map differ in bytes, but never in what the answer is. */
  readonly otherBytes: boolean;
  /**
   * Whether it is asked how soon things happen, too. What is remembered for that tells worlds apart
   * that are equal in everything that matters to safety.
   */
  readonly judgesPace: boolean;
  readonly output: string;
  readonly maps: number;
  /** 0 for a map-only job: then every map commits a part. */
  readonly reduces: number;
  readonly faults: readonly Fault[];
  /** The right answer, or the error that the job must end with. */
  readonly expected: Expected;
  /** Asked when everything has healed: the longest that the job may take from then on. */
  bound(): Microseconds;
  /** D of that bound: how long it may take before work goes on as if nothing had happened. */
  readonly recovery: Microseconds;
  /** The longest that a packet is on its way where nothing is wrong. */
  readonly latency: Microseconds;
  /** How long an ordinary task may work before it counts as slow. */
  readonly speculation: Microseconds;
  /** When the same seed ends without faults. Runs it, so only to be asked when this run is over. */
  withoutFaults(): Microseconds;
  /** Called by a checker at the first thing it finds wrong; the run may stop there. */
  broken(checker: Checker): void;
}

/** What the oracle says about the job. */
export type Expected =
  | { readonly kind: 'parts'; readonly parts: readonly Uint8Array[] }
  /** User code fails: the job must fail at one of these places, one for each task that fails. */
  | { readonly kind: 'error'; readonly failures: readonly ExpectedFailure[] }
  /** The oracle's own outputs differ when values come in another order: no part is checked. */
  | { readonly kind: 'order-dependent'; readonly detail: string };

/** A place at which user code fails. */
export interface ExpectedFailure {
  /** Null where only the combiner fails, which may see any part of the values of a key. */
  readonly record: { readonly input: string; readonly offset: number } | null;
  readonly message: string;
}

/** Whether the promise was kept; `at` is when it was first broken. */
export type Verdict =
  | { readonly ok: true; readonly detail?: string }
  | { readonly ok: false; readonly detail: string; readonly at?: Microseconds };

/** An observer with a verdict. The world calls only the methods that a checker has. */
export interface Checker extends Observer {
  /** As `--json` prints it in `checks`: `nothing-committed-twice`. */
  readonly name: string;
  /** The promise in words for people: `nothing committed twice`. */
  readonly title: string;
  /** Asked after `end`. */
  verdict(): Verdict;
}
