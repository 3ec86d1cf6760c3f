/**
 * How the world is watched from outside. Checkers, the trace and the story are observers: they see
 * what crosses the border of a machine and what really happened to disks and stores, never the
 * inside of a machine.
 *
 * Every method is optional, and an absent one costs nothing. What is passed in belongs to the
 * world: keep references to messages, effects, attempts and faults (they never change), but copy
 * arrays of effects, which are reused as soon as the method returns.
 *
 * Order within one event: the fault, store or journal operation that took place is told first, then
 * what the machine was given together with everything it pushed (`delivered`, `timerFired`,
 * `completed`, `processStarted`), then one by one what it pushed: the packets that its sends became
 * (`sent`), and what it asked for (`asked`).
 */
import type {
  AttemptId,
  ContentChecksum,
  Effect,
  Epoch,
  HeldOutput,
  JobId,
  JobProgress,
  JournalEntry,
  MessageKind,
  Microseconds,
  NodeId,
  ScoreboardEntry,
  StoreAnswer,
  StoreOperation,
  TaskCounters,
  TaskError,
  TellUser,
  TimerId,
  Timing,
} from '@lisping/core';
import type { Fault } from './fault.ts';
import type { MapReduce, Protocol } from './protocol.ts';
import type { PartContent } from './made.ts';

/** What became of a packet when it was sent. A duplicate is told as a second `sent`. */
export type Fate = 'on-its-way' | 'duplicate' | 'lost' | 'cut';

/**
 * What an observer listens to, where it need not hear everything: most of what happens are
 * heartbeats and fetches, and telling everybody of each took a quarter of a run. It narrows `sent`,
 * `delivered`, `timerFired`, `asked` and `completed`; the other methods hear all.
 */
export interface Interest {
  /** Only what processes of this kind send and handle. */
  readonly of?: 'primaries' | 'replicas';
  /** Only messages of these kinds are told by `sent` and `delivered`. */
  readonly messages?: readonly MessageKind[];
  /** False: answers to heartbeats are not told where they say no more than that it was heard. */
  readonly bareAnswers?: false;
  /** Only effects of these kinds are told by `asked`, and only answers to such by `completed`. */
  readonly effects?: readonly Effect['kind'][];
}

/** What only one protocol has (the store, the journal, user code) is never told of another one's world. */
export interface Observer<P extends Protocol = MapReduce> {
  /** Absent: it hears everything that it has a method for. All objects of a class have the same. */
  readonly interest?: Interest;

  /** The world is built and nothing has happened. `world` stays valid through `end`. */
  begin?(world: WorldView): void;
  /**
   * The faults are over: `bound` is how long the job may still take (L1), by formula from what is
   * left at this moment.
   */
  healed?(now: Microseconds, bound: Microseconds): void;

  /**
   * A process begins a life; `life` is 1 for the first, and the incarnation of a replica. The
   * effects are what its machine pushed at start.
   */
  processStarted?(
    now: Microseconds,
    node: NodeId,
    life: number,
    effects: readonly P['effect'][],
  ): void;
  processStopped?(now: Microseconds, node: NodeId, why: 'crashed' | 'resigned'): void;
  processPaused?(now: Microseconds, node: NodeId): void;
  processResumed?(now: Microseconds, node: NodeId): void;

  /** A control message leaves its sender. */
  sent?(now: Microseconds, from: NodeId, to: NodeId, message: P['message'], fate: Fate): void;
  /** A control message was handled; the effects are what the receiver pushed in return. */
  delivered?(
    now: Microseconds,
    node: NodeId,
    from: NodeId,
    message: P['message'],
    effects: readonly P['effect'][],
  ): void;
  /** A control message arrived where no process lives. */
  undelivered?(now: Microseconds, node: NodeId, from: NodeId, message: P['message']): void;
  timerFired?(
    now: Microseconds,
    node: NodeId,
    timer: TimerId,
    effects: readonly P['effect'][],
  ): void;
  /** A machine asked its surroundings for something: an effect that is no packet and no timer. */
  asked?(now: Microseconds, node: NodeId, effect: P['effect']): void;
  /** An effect was answered. `request` is the effect itself. */
  completed?(
    now: Microseconds,
    node: NodeId,
    request: P['request'],
    result: P['result'],
    effects: readonly P['effect'][],
  ): void;

  /** The output store did an operation, or refused it; look at `world.store` for what it is now. */
  storeApplied?(
    now: Microseconds,
    issuer: NodeId,
    operation: StoreOperation,
    answer: StoreAnswer,
  ): void;
  /** The marker of an epoch was made. */
  journalCreated?(now: Microseconds, node: NodeId, epoch: Epoch): void;
  /**
   * Entries that `node` wrote became durable in the file of an epoch, the first of them at place
   * `first`. After a crash in the middle of a write only a prefix of what was written does; a reader
   * makes durable what it sees, before the writer knows.
   */
  journalDurable?(
    now: Microseconds,
    node: NodeId,
    epoch: Epoch,
    first: number,
    entries: readonly JournalEntry[],
  ): void;
  journalRead?(now: Microseconds, node: NodeId, epoch: Epoch, entries: number): void;

  /** User code ran for an attempt, or its memo was used, and the result is on the node's disk. */
  executed?(now: Microseconds, node: NodeId, execution: Execution): void;
  /** The user was told. */
  told?(now: Microseconds, node: NodeId, told: TellUser): void;

  /** A machine, or what hosts it, threw while this node handled an event. The run ends here. */
  machineThrew?(now: Microseconds, node: NodeId, error: unknown): void;

  faultApplied?(now: Microseconds, fault: Fault): void;
  /** A lasting fault ended: by itself, or because the world healed. */
  faultEnded?(now: Microseconds, fault: Fault): void;

  /** The run is over. `world` shows what is left. */
  end?(now: Microseconds, verdict: 'converged' | 'stuck' | 'stopped'): void;
}

/** One execution of user code, as the host saw it. */
export interface Execution {
  readonly attempt: AttemptId;
  readonly kind: 'map' | 'reduce';
  /** True when the code really ran now; false when the result came from the memo. */
  readonly real: boolean;
  /** Of a map: one checksum per partition. Of a reduce: empty. */
  readonly checksums: readonly ContentChecksum[];
  /** Of a reduce or a map-only map: the part; else null. */
  readonly part: PartContent | null;
  readonly counters: TaskCounters | null;
  readonly error: TaskError | null;
  /**
   * Of a reduce: what it consumed, by map. Null where the workspace held no verified segment,
   * which no correct machine ever lets happen.
   */
  readonly consumed: readonly (ConsumedOutput | null)[];
}

/** The output of a map whose segment was consumed. */
interface ConsumedOutput {
  /** The attempt that made it. */
  readonly attempt: AttemptId;
  /** Of the bytes really there, by partition. */
  readonly checksums: readonly ContentChecksum[];
}

// ---------------------------------------------------------------- what is there to be looked at

/** The world, to be read at any time during a run. Reading is not cheap: not once per event. */
export interface WorldView {
  readonly timing: Timing;
  readonly replicas: number;
  readonly slots: number;
  readonly now: Microseconds;
  readonly store: StoreView;
  readonly journal: JournalView;
  /** Every node, by its id: nodes are dense from 0. */
  process(node: NodeId): ProcessView;
  /** What lies on a replica and runs there. */
  replica(index: number): ReplicaView;
  /** What the client shows of how far a job is; undefined when it does not know the job. */
  progress(job: JobId): JobProgress | undefined;
  /** What the primary at this node believes of its replicas; empty where no primary is up. */
  scoreboard(node: NodeId): readonly ScoreboardEntry[];
}

export interface ProcessView {
  readonly node: NodeId;
  readonly name: string;
  readonly up: boolean;
  readonly paused: boolean;
  /** Lives begun so far; the incarnation of a replica that is up. */
  readonly life: number;
}

export interface ReplicaView {
  /** Attempts for which user code runs now. */
  readonly executing: readonly AttemptId[];
  /** How many attempts have a workspace; cheap enough to be asked at every heartbeat. */
  readonly working: number;
  /** Whether this attempt has one; as cheap as that. */
  worksOn(attempt: AttemptId): boolean;
  /** Adds the maps of which an output lies on the disk, whole or not; cheaper than all that is `held`. */
  addMaps(job: JobId, maps: Set<number>): void;
  /** Attempts that have a workspace: fetched segments, or a part not yet uploaded. */
  readonly workspaces: readonly AttemptId[];
  /** What is done for each of those, and what it waits for. Made when asked for. */
  readonly works: readonly WorkView[];
  /** Outputs whole on the disk. */
  readonly held: readonly HeldOutput[];
}

/** An attempt at a replica. */
export interface WorkView {
  readonly attempt: AttemptId;
  /** Requests to the host that have not been answered. */
  readonly asks: readonly Effect[];
  /** Of a reduce: the attempts whose segments have arrived. */
  readonly segments: readonly AttemptId[];
}

export interface StoreView {
  /** Every output directory that exists. */
  outputs(): readonly OutputView[];
  /** The output directory of that name, if it exists. */
  find(output: string): OutputView | undefined;
}

/** One output directory. */
export interface OutputView {
  readonly output: string;
  /** The job whose id lies inside. */
  readonly job: JobId;
  readonly parts: ReadonlyMap<number, StoredPart>;
  readonly success: boolean;
  /** The directories `_temporary/<job>` that exist, with their files. */
  readonly temporary: readonly { readonly job: JobId; readonly files: readonly StoredPart[] }[];
}

export interface StoredPart {
  readonly attempt: AttemptId;
  readonly content: PartContent;
  /** False when an upload broke off: then only some of the bytes are there. */
  readonly whole: boolean;
}

export interface JournalView {
  /** The markers that exist, ascending. */
  epochs(): readonly Epoch[];
  /** The durable entries of the epoch's file. */
  entries(epoch: Epoch): readonly JournalEntry[];
}
