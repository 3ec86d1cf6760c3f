/**
 * What the primary writes down before it acts. Replaying the entries of a journal, in order, gives
 * a successor every decision its predecessors ever acted upon.
 */
import type { AttemptId, Epoch, JobId, NodeId } from './ids.ts';
import type { JobPlan, PartIdentity, TaskCounters, TaskError } from './plan.ts';
import type { ContentChecksum } from './ids.ts';

/** One older file of the journal, up to where the adopting epoch read it. */
export interface AdoptedPrefix {
  readonly epoch: Epoch;
  /** Whole entries read; what lies beyond never happened. */
  readonly entries: number;
  /** The host's running checksum over those entries. */
  readonly checksum: ContentChecksum;
}

/** The first entry of every file: which older entries this epoch builds upon. */
export interface Adoption {
  readonly kind: 'adoption';
  readonly epoch: Epoch;
  readonly prefixes: readonly AdoptedPrefix[];
}
/** A replica joined for the first time, or again after it was lost. */
export interface ReplicaJoined {
  readonly kind: 'replica-joined';
  readonly replica: NodeId;
}
/** A replica was declared lost: a successor need not wait for it. */
export interface ReplicaLost {
  readonly kind: 'replica-lost';
  readonly replica: NodeId;
}
/** A change of the list of replicas. */
export type Listing = ReplicaJoined | ReplicaLost;
/** A client's submit, with the inputs identified and the splits numbered. */
export interface JobSubmitted {
  readonly kind: 'job-submitted';
  readonly plan: JobPlan;
  readonly client: NodeId;
}
/** A submit that could not be planned, or a cancel that came before its submit: ended at birth. */
export interface JobRefused {
  readonly kind: 'job-refused';
  readonly job: JobId;
  readonly status: 'failed' | 'cancelled';
  readonly error: TaskError | null;
}
/** The canonical output of a map. The version is 1, and rises when the checksums change. */
export interface MapWon {
  readonly kind: 'map-won';
  readonly attempt: AttemptId;
  readonly version: number;
  readonly checksums: readonly ContentChecksum[];
  readonly counters: TaskCounters;
}
/** The winner of a task that commits a part: a reduce, or a map of a map-only job. */
export interface PartWon {
  readonly kind: 'part-won';
  readonly attempt: AttemptId;
  readonly part: PartIdentity;
  readonly counters: TaskCounters;
}
/** A failure that counts, so that restarts of the primary do not forgive it. */
export interface AttemptFailed {
  readonly kind: 'attempt-failed';
  readonly attempt: AttemptId;
  readonly error: TaskError;
}
/** The process of an attempt died in a record of the user's, on this node. */
export interface ProcessLost {
  readonly kind: 'process-lost';
  readonly attempt: AttemptId;
  readonly replica: NodeId;
  readonly record: number;
}
/** The one outcome of a job; the first one journaled stands. */
export interface JobOutcome {
  readonly kind: 'job-outcome';
  readonly job: JobId;
  readonly outcome: 'succeeding' | 'failing' | 'cancelling';
  readonly error: TaskError | null;
}
/** Everything the outcome asks for has been done; now a client may hear it. */
export interface JobEnded {
  readonly kind: 'job-ended';
  readonly job: JobId;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
}

export type JournalEntry =
  | Adoption
  | ReplicaJoined
  | ReplicaLost
  | JobSubmitted
  | JobRefused
  | MapWon
  | PartWon
  | AttemptFailed
  | ProcessLost
  | JobOutcome
  | JobEnded;
