/**
 * What machines ask of the world, and what the world answers.
 *
 * A machine never waits: it pushes effects into a buffer that its host drains after every call.
 * An effect with an `effect` id is answered exactly once by `completed(now, effect, result)` unless
 * the process dies first; the host answers `unclear` when it cannot know whether the operation
 * happened. Whatever is repeated after that is repeated by the machine.
 *
 * The duties of a host:
 * 1. Deliver every effect in the order it was pushed, before the next call into the machine.
 * 2. Make durable what says so before answering it, and forget it at no crash after that.
 * 3. Keep the data plane honest: bytes arrive with the length and checksum they were stored with,
 *    or are reported `damaged`.
 * 4. Answer every effect in the end: what takes too long is `unclear`, `unreachable` or not `ok`.
 * 5. Call `receive`, `timer` and `completed` one at a time, with a clock that does not go back
 *    while the process lives.
 */
import type {
  AttemptId,
  ContentChecksum,
  EffectId,
  Epoch,
  JobId,
  Microseconds,
  NodeId,
} from './ids.ts';
import type { AdoptedPrefix, JournalEntry } from './journal-entries.ts';
import type { Message } from './messages.ts';
import type { JobPlan, JobSpec, Location, PartIdentity, TaskCounters, TaskError } from './plan.ts';

/** Timers are named by small integers; setting one again moves it. */
export type TimerId = number;

export interface Send {
  readonly kind: 'send';
  readonly to: NodeId;
  readonly message: Message;
}
/** Call `timer(now, timer)` once, this long from now on the node's own clock. */
export interface SetTimer {
  readonly kind: 'set-timer';
  readonly timer: TimerId;
  readonly after: Microseconds;
}
export interface CancelTimer {
  readonly kind: 'cancel-timer';
  readonly timer: TimerId;
}

// ---------------------------------------------------------------- replica

/**
 * Read the split, verify its identity, run the user's map, fold, partition and sort, and store the
 * segments durably under the attempt's name together with their checksums and counters. A map-only
 * task instead prepares its part in the attempt's workspace.
 * Result: mapped | part | failed | process-lost | no-room.
 */
export interface RunMap {
  readonly kind: 'run-map';
  readonly effect: EffectId;
  readonly attempt: AttemptId;
  readonly plan: JobPlan;
}
/**
 * Bring segments of one partition from one peer (possibly this node itself) into the attempt's
 * workspace, verifying length and checksum. Result: fetched | unreachable.
 */
export interface Fetch {
  readonly kind: 'fetch';
  readonly effect: EffectId;
  readonly attempt: AttemptId;
  readonly from: NodeId;
  readonly partition: number;
  readonly wants: readonly Location[];
}
/**
 * Merge the fetched segments of all maps, in the order of their numbers, and run the user's reduce
 * into a part in the attempt's workspace. `sources[m]` is the location whose bytes were verified
 * for map m. Result: part | failed | process-lost.
 */
export interface RunReduce {
  readonly kind: 'run-reduce';
  readonly effect: EffectId;
  readonly attempt: AttemptId;
  readonly plan: JobPlan;
  readonly sources: readonly Location[];
}
/** Stop whatever runs for this attempt, and delete its workspace. Its effects are not answered. */
export interface Abandon {
  readonly kind: 'abandon';
  readonly attempt: AttemptId;
}
/** Delete the segments of one map attempt, if this node has stored any. */
export interface Discard {
  readonly kind: 'discard';
  readonly attempt: AttemptId;
}

// ---------------------------------------------------------------- the output store

/** The directory in which attempts upload before the primary publishes. */
export type StoreOperation =
  /** Make the output directory, exclusively, with the job's id inside. ok when it is our own. */
  | { readonly kind: 'make-output'; readonly output: string; readonly job: JobId }
  /** Make `_temporary/<job>` inside it. ok when it is there. */
  | { readonly kind: 'make-temporary'; readonly output: string; readonly job: JobId }
  /** Write the attempt's part to `_temporary/<job>/<attempt>`; never makes parents. */
  | {
      readonly kind: 'upload';
      readonly output: string;
      readonly attempt: AttemptId;
      readonly part: PartIdentity;
    }
  /** Rename the attempt's file to its part, never overwriting. ok when the part is already it. */
  | {
      readonly kind: 'publish';
      readonly output: string;
      readonly attempt: AttemptId;
      readonly part: PartIdentity;
    }
  | { readonly kind: 'make-success'; readonly output: string; readonly job: JobId }
  /** Delete `_temporary/<job>` and what lies in it; ok when there is nothing. */
  | { readonly kind: 'delete-temporary'; readonly output: string; readonly job: JobId }
  /** Delete parts and directory, if the directory is this job's; ok when there is nothing. */
  | { readonly kind: 'delete-output'; readonly output: string; readonly job: JobId };

/** One try at an operation of the store. Result: store. */
export interface Store {
  readonly kind: 'store';
  readonly effect: EffectId;
  readonly operation: StoreOperation;
}

// ---------------------------------------------------------------- primary

/** Look at the inputs: sizes, identities, splits by the job's format. Result: planned | refused. */
export interface Plan {
  readonly kind: 'plan';
  readonly effect: EffectId;
  readonly spec: JobSpec;
}
/** Which epochs have a marker? Result: journal-list. */
export interface JournalList {
  readonly kind: 'journal-list';
  readonly effect: EffectId;
}
/** Create and sync the marker of this epoch, exclusively. Result: journal-created. */
export interface JournalCreate {
  readonly kind: 'journal-create';
  readonly effect: EffectId;
  readonly epoch: Epoch;
}
/** Sync, then read this epoch's file up to its last whole entry. Result: journal-read. */
export interface JournalRead {
  readonly kind: 'journal-read';
  readonly effect: EffectId;
  readonly epoch: Epoch;
}
/** Append the entries to this epoch's file and sync it. Result: journal-written. */
export interface JournalWrite {
  readonly kind: 'journal-write';
  readonly effect: EffectId;
  readonly epoch: Epoch;
  readonly entries: readonly JournalEntry[];
}

/** The process must end: this life of the primary may not act any more. */
export interface Resign {
  readonly kind: 'resign';
  readonly reason: 'journal-failed' | 'superseded';
}

// ---------------------------------------------------------------- client

/** The job reached a final status; the user may be told. */
export interface TellUser {
  readonly kind: 'tell-user';
  readonly job: JobId;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly error: TaskError | null;
  readonly counters: TaskCounters | null;
}

export type Effect =
  | Send
  | SetTimer
  | CancelTimer
  | RunMap
  | Fetch
  | RunReduce
  | Abandon
  | Discard
  | Store
  | Plan
  | JournalList
  | JournalCreate
  | JournalRead
  | JournalWrite
  | Resign
  | TellUser;
export type EffectKind = Effect['kind'];

/** What became of one segment of a fetch, in the order of its `wants`. */
export type FetchStatus = 'ok' | 'missing' | 'damaged';

/** Why the store did not do an operation; `unclear`: it may or may not have happened. */
export type StoreAnswer =
  'ok' | 'exists' | 'taken' | 'no-source' | 'no-parent' | 'full' | 'unclear';

export type Result =
  | {
      readonly kind: 'mapped';
      readonly checksums: readonly ContentChecksum[];
      readonly counters: TaskCounters;
    }
  /** A part waits in the attempt's workspace to be uploaded. */
  | { readonly kind: 'part'; readonly part: PartIdentity; readonly counters: TaskCounters }
  | { readonly kind: 'failed'; readonly error: TaskError }
  | { readonly kind: 'process-lost'; readonly record: number | null }
  /** The node's own disk has no room for what the attempt made. */
  | { readonly kind: 'no-room' }
  | { readonly kind: 'fetched'; readonly statuses: readonly FetchStatus[] }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'store'; readonly answer: StoreAnswer }
  | { readonly kind: 'planned'; readonly plan: JobPlan }
  | { readonly kind: 'refused'; readonly error: TaskError }
  | { readonly kind: 'journal-list'; readonly epochs: readonly Epoch[] }
  | { readonly kind: 'journal-created'; readonly created: 'created' | 'exists' | 'unclear' }
  | {
      readonly kind: 'journal-read';
      readonly entries: readonly JournalEntry[];
      /** The prefix that was read, to be named in an adoption record. */
      readonly prefix: AdoptedPrefix;
    }
  | { readonly kind: 'journal-written'; readonly ok: boolean };

/** The buffer that a machine pushes into and its host drains; reused from call to call. */
export type EffectBuffer = Effect[];

/** What every machine is: a function of its inputs, written as three verbs. */
export interface Machine {
  /** The process has just started. */
  start(now: Microseconds): void;
  receive(now: Microseconds, from: NodeId, message: Message): void;
  timer(now: Microseconds, timer: TimerId): void;
  completed(now: Microseconds, effect: EffectId, result: Result): void;
  /** Effects pushed since the host last drained; the host empties it. */
  readonly effects: EffectBuffer;
}
