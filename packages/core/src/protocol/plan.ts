/**
 * A job as the protocol sees it: names, counts and checksums. The user's code and the bytes of the
 * records travel on the data plane and are the host's business.
 */
import type { ErrorCode } from '../errors/codes.ts';
import type { AttemptId, ContentChecksum, Incarnation, JobId } from './ids.ts';

/** What a client asks for. */
export interface JobSpec {
  readonly job: JobId;
  /** Names of the input files, as the host's data plane knows them. */
  readonly inputs: readonly string[];
  readonly splitBytes: number;
  /** 0 makes the job map-only: every map task commits a part of its own. */
  readonly reduces: number;
  /** The directory of the output store that the parts appear in; must not exist. */
  readonly output: string;
  /** Checksum of the job's code, so that every replica runs the same. */
  readonly code: ContentChecksum;
}

/** One map task's bytes, with the identity of the file at the time of planning. */
export interface PlannedSplit {
  readonly file: number;
  readonly start: number;
  readonly length: number;
  /** Size and checksum (or time) of the whole file; an attempt that finds another one fails. */
  readonly identity: ContentChecksum;
}

/** A job with its splits numbered; journaled before the client hears that it is accepted. */
export interface JobPlan extends JobSpec {
  readonly splits: readonly PlannedSplit[];
}

/** How many tasks commit to the output store, one part each. */
export function partsOf(plan: JobPlan): number {
  return plan.reduces === 0 ? plan.splits.length : plan.reduces;
}

/** User counters and the engine's, by name. */
export type TaskCounters = Readonly<Record<string, number>>;

/** Length and checksum of a part, acknowledged by the output store. */
export interface PartIdentity {
  readonly length: number;
  readonly checksum: ContentChecksum;
}

/** Why a task or a job failed, in plain data that survives every wire and journal. */
export interface TaskError {
  /** One of the closed list. */
  readonly code: ErrorCode;
  readonly message: string;
  readonly record?: { readonly input: string; readonly offset: number; readonly text: string };
  readonly where?: { readonly file: string; readonly line: number; readonly column: number };
}

/** How an attempt ended. Only `failed` and a repeated `process-lost` count against the task. */
export type Outcome =
  /** A map attempt stored its segments: one checksum per partition. */
  | {
      readonly kind: 'mapped';
      readonly checksums: readonly ContentChecksum[];
      readonly counters: TaskCounters;
    }
  /** An attempt uploaded its part; `consumed` is the digest of the map versions it reduced. */
  | {
      readonly kind: 'stored';
      readonly part: PartIdentity;
      readonly consumed: number;
      readonly counters: TaskCounters;
    }
  | { readonly kind: 'failed'; readonly error: TaskError }
  /** The process that ran the user's code died, at this record when one was being processed. */
  | { readonly kind: 'process-lost'; readonly record: number | null }
  /** The attempt stopped for a reason that is no fault of the user's code. */
  | {
      readonly kind: 'gave-up';
      readonly reason: 'lease' | 'store' | 'store-full' | 'disk-full' | 'versions';
    };

/** Where the segments of one map's canonical output are, as reducers learn it. */
export interface Location {
  readonly map: number;
  /** Rises only when the canonical checksums change. */
  readonly version: number;
  /** The node that holds the output, or -1: it is gone, and a new place will follow. */
  readonly source: number;
  /** The life of that node in which it said so. */
  readonly sourceLife: Incarnation;
  /** The attempt that made the bytes at that node; segments are stored under its name. */
  readonly attempt: AttemptId;
  /** The canonical checksums, one per partition. */
  readonly checksums: readonly ContentChecksum[];
}

/** An output on a replica's own disk. */
export interface HeldOutput {
  readonly attempt: AttemptId;
  readonly checksums: readonly ContentChecksum[];
  readonly counters: TaskCounters;
}

/** Where a job stands. The last three are final: once told, never taken back. */
export type JobStatus =
  'running' | 'succeeding' | 'failing' | 'cancelling' | 'succeeded' | 'failed' | 'cancelled';

/** True for a status that never changes again. */
export function isFinal(status: JobStatus): status is 'succeeded' | 'failed' | 'cancelled' {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/** How far a job is, for whoever watches. */
export interface JobProgress {
  readonly maps: number;
  readonly mapsDone: number;
  readonly reduces: number;
  readonly reducesDone: number;
}
