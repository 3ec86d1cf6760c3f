/**
 * Everything the primary knows, as plain records. What is marked *journaled* is changed only by
 * applying entries of the journal (apply.ts); the rest is a picture of the cluster that a successor
 * rebuilds from what replicas tell it.
 */
import { jobHash } from '../digest.ts';
import type { Effect, StoreOperation } from '../effects.ts';
import { epoch } from '../ids.ts';
import type {
  AttemptId,
  EffectId,
  Epoch,
  Incarnation,
  JobId,
  Microseconds,
  NodeId,
} from '../ids.ts';
import type { AdoptedPrefix, JournalEntry, Listing, ProcessLost } from '../journal-entries.ts';
import type { HeldSummary } from '../digest.ts';
import type {
  JobPlan,
  JobSpec,
  JobStatus,
  Location,
  PartIdentity,
  TaskCounters,
  TaskError,
} from '../plan.ts';
import type { ContentChecksum } from '../ids.ts';
import type { Timing } from '../timing.ts';
import { JobList } from './job-list.ts';
import { Queue } from './queue.ts';

/** An attempt that a replica was told to run and that still counts. */
export interface LiveAttempt {
  readonly attempt: AttemptId;
  readonly task: Task;
  readonly replica: ReplicaRecord;
  readonly startedAt: Microseconds;
  /** The last heartbeat seen from the replica when the assignment was sent. */
  readonly heartbeatSeen: number;
  /** Later heartbeats that named it neither as running nor as ended. */
  misses: number;
  /** It has ended at the replica: its slot is free, and its report is here or on its way. */
  ended: boolean;
  /** Its failure is on its way into the journal. */
  failing: boolean;
  /** Sources it could not reach, with the number of tries that failed. */
  troubles: Map<NodeId, number> | null;
  /** Sources that gave it damaged bytes. */
  damagedFrom: Set<NodeId> | null;
}

/** A replica whose disk holds the canonical bytes of a map. */
export interface Place {
  readonly replica: ReplicaRecord;
  readonly attempt: AttemptId;
}

/** The canonical output of a map task. Journaled. */
interface Canonical {
  readonly attempt: AttemptId;
  readonly version: number;
  readonly checksums: readonly ContentChecksum[];
  readonly checksumsDigest: number;
  readonly counters: TaskCounters;
}

/** The part that won a task which commits. Journaled. */
interface Winner {
  readonly attempt: AttemptId;
  readonly part: PartIdentity;
  readonly counters: TaskCounters;
}

export interface Task {
  readonly job: Job;
  readonly kind: 'map' | 'reduce';
  readonly index: number;
  /** In the job's queue, waiting for a slot. */
  queued: boolean;
  live: readonly LiveAttempt[];
  nextNumber: number;
  /** This attempt is on its way into the journal as the winner. */
  deciding: AttemptId | null;
  /** Journaled: the map's output as the journal knows it; null for tasks that commit a part. */
  canonical: Canonical | null;
  /** Where the canonical bytes are now. Empty while the map must be run again. */
  places: readonly Place[];
  /** Journaled: the part that won, for tasks that commit one. */
  winner: Winner | null;
  published: boolean;
  /** Journaled: failures that count, and the last of them. */
  failures: readonly AttemptId[];
  error: TaskError | null;
  /** Journaled: processes that died in a record, and where. */
  processesLost: readonly ProcessLost[];
  /** Attempts that gave up because the store was full. */
  storeFull: number;
  /** Replicas that this task should rather not be placed on. */
  avoid: readonly NodeId[];
  /** Attempts of earlier epochs that were revoked in this one, and are not to be adopted again. */
  revokedElders: readonly AttemptId[];
}

export interface Job {
  /** Rises from job to job, as they were submitted. */
  readonly order: number;
  readonly plan: JobPlan;
  readonly hash: number;
  readonly client: NodeId;
  /** Submitted to this epoch, so that none of its tasks was ever placed by an earlier one. */
  readonly submittedHere: boolean;
  /** Journaled. */
  status: JobStatus;
  /** Journaled. */
  error: TaskError | null;
  /** An outcome is on its way into the journal. */
  outcomeDeciding: boolean;
  readonly maps: Task[];
  readonly reduces: Task[];
  /** Tasks that wait for a slot; an entry that is not `queued` any more is stale. */
  readonly mapQueue: Queue<Task>;
  readonly reduceQueue: Queue<Task>;
  mapsQueued: number;
  reducesQueued: number;
  liveMaps: number;
  liveReduces: number;
  /** Every attempt that counts, in the order in which they were started. */
  readonly running: { readonly map: Set<LiveAttempt>; readonly reduce: Set<LiveAttempt> };
  /** Maps whose canonical output is at some place now. */
  mapsAvailable: number;
  /** When the last map became available; a reduce is not slow before that. */
  mapsAvailableAt: Microseconds;
  /** Maps with a canonical output. Journaled. */
  mapsWon: number;
  /** Tasks that commit and have a winner. Journaled. */
  winners: number;
  published: number;
  /** The sum over all canonical outputs of their version elements. Journaled. */
  versionsDigest: number;
  /** Every place that was gained or lost, in order; reducers read it from the start. */
  readonly locations: Location[];
  /** Replicas that ran something for it, and are told when it ends. */
  readonly workers: Set<ReplicaRecord>;
  /** Output and temporary directory are there. */
  prepared: boolean;
  /** Operations of the store that have not been answered. */
  storeUnderWay: number;
  /** There is an outcome, and what it asks for has begun. */
  endingBegun: boolean;
  /** Counts and sums of the durations of attempts that won, to know a straggler. */
  readonly durations: { maps: number; mapSum: number; reduces: number; reduceSum: number };
  counters: TaskCounters | null;
}

/** A job that has ended, as much of it as a client or a late message may still need. */
interface EndedJob {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly error: TaskError | null;
  readonly counters: TaskCounters | null;
  readonly progress: { maps: number; mapsDone: number; reduces: number; reducesDone: number };
  /** The client that submitted it; null for a job refused at birth. */
  readonly client: NodeId | null;
}

/** Where a replica is on the scoreboard. `silent` gets no work, `lost` has none. */
type ReplicaStatus = 'joining' | 'member' | 'silent' | 'lost';

/** What a replica holds for one job, as far as the primary knows. */
interface HeldForJob {
  readonly job: Job;
  attempts: readonly AttemptId[];
}

export interface ReplicaRecord {
  readonly id: NodeId;
  incarnation: Incarnation;
  slots: number;
  status: ReplicaStatus;
  /** In the journal's list of replicas. Journaled. */
  listed: boolean;
  /** The newest entry about that which is on its way into the journal; there may be older ones. */
  listing: Listing | null;
  lastHeard: Microseconds;
  heartbeat: number;
  /** Its last heartbeat showed that a recent answer had reached it. */
  hears: boolean;
  /** The number its heartbeats had reached when it began to tell what it holds. */
  joinedAt: number;
  /** The snapshot being received, page by page. */
  snapshot: number;
  snapshotPage: number;
  snapshotHeld: HeldSummary[];
  snapshotRunning: readonly AttemptId[];
  live: readonly LiveAttempt[];
  /** Slots taken by live attempts that have not ended here. */
  busy: number;
  held: readonly HeldForJob[];
  heldDigest: number;
  /** To be told with the next answers, until a heartbeat shows that an answer arrived. */
  unwanted: { readonly attempt: AttemptId; sentIn: number }[];
  endedJobs: { readonly job: JobId; sentIn: number }[];
  /** Waiting in the queue of replicas with a free slot. */
  offering: boolean;
  /** Neighbours in the list ordered by when a replica was last heard. */
  older: ReplicaRecord | null;
  newer: ReplicaRecord | null;
}

/** An operation of the store that will be tried until its answer is clear. */
export interface StoreTask {
  readonly job: Job;
  readonly operation: StoreOperation;
  /** The task whose part is being published. */
  readonly task: Task | null;
}

/** A request to the host whose completion is still to come. */
export type PendingEffect =
  | { readonly kind: 'plan'; readonly spec: JobSpec; readonly client: NodeId }
  | { readonly kind: 'store'; readonly store: StoreTask }
  | { readonly kind: 'sweep'; readonly operation: StoreOperation }
  | { readonly kind: 'journal' };

/** Where the primary is in opening its journal, or in appending to it. */
export type JournalPhase =
  | { readonly kind: 'listing' }
  | { readonly kind: 'creating'; readonly epoch: Epoch }
  | {
      readonly kind: 'reading';
      readonly epoch: Epoch;
      /** Epochs still to be read, the newest last. */
      readonly older: Epoch[];
      /** Files newer than the base, newest first, each with what was read. */
      readonly read: { entries: readonly JournalEntry[]; prefix: AdoptedPrefix }[];
    }
  | {
      readonly kind: 'reading-prefixes';
      readonly epoch: Epoch;
      readonly prefixes: readonly AdoptedPrefix[];
      readonly wanted: AdoptedPrefix[];
      readonly entries: JournalEntry[];
      readonly tail: readonly JournalEntry[];
    }
  | {
      readonly kind: 'adopting' | 'confirming';
      readonly epoch: Epoch;
      readonly history: readonly JournalEntry[];
    }
  | { readonly kind: 'idle' }
  | { readonly kind: 'writing' | 'checking'; readonly batch: readonly JournalEntry[] }
  | { readonly kind: 'resigned' };

export interface PrimaryState {
  readonly self: NodeId;
  readonly timing: Timing;
  readonly effects: Effect[];
  /** 0 until the journal is open. */
  epoch: Epoch;
  journal: JournalPhase;
  /** Entries decided upon while an earlier batch is on its way. */
  readonly decided: JournalEntry[];
  readonly pending: Map<EffectId, PendingEffect>;
  lastEffect: number;
  readonly replicas: Map<NodeId, ReplicaRecord>;
  oldestHeard: ReplicaRecord | null;
  newestHeard: ReplicaRecord | null;
  /** Replicas with a free slot, in the order in which they offered it. */
  readonly offers: Queue<ReplicaRecord>;
  /** Jobs that have not ended, first come first. */
  jobs: Job[];
  /** How many jobs were ever applied. */
  lastJob: number;
  /** Those of them with a task in a queue. */
  readonly waiting: JobList<Job>;
  /** Those of them with a reduce in a slot. */
  readonly reducing: JobList<Job>;
  readonly jobsById: Map<JobId, Job>;
  readonly ended: Map<JobId, EndedJob>;
  /** Submits and cancels on their way into the journal, with the clients that wait. */
  readonly deciding: Map<JobId, NodeId>;
  /** Where a twin elsewhere won against an elder: what else works there may be slow too. */
  readonly outrun: Set<ReplicaRecord>;
  /** Live attempts that hold a slot, by kind, over all jobs. */
  liveMaps: number;
  liveReduces: number;
  /** Listed replicas that have not resynced with this epoch; none once placing is free. */
  readonly awaited: Set<NodeId>;
  awaitUntil: Microseconds;
  /** Something changed that may let a task be placed. */
  placeable: boolean;
  /** When anything last happened here: a long gap means that this process was paused. */
  lastEventAt: Microseconds;
  /** After a pause: a successor may be at work, until the markers have been looked at again. */
  doubt: 'none' | 'to-be-checked' | 'being-checked';
  /** After a pause nobody is declared lost before this: heartbeats may wait unread. */
  deafUntil: Microseconds;
  storeRetries: { readonly at: Microseconds; readonly store: StoreTask }[];
  sweeps: { readonly at: Microseconds; readonly operation: StoreOperation }[];
}

export function createState(self: NodeId, timing: Timing): PrimaryState {
  return {
    self,
    timing,
    effects: [],
    epoch: epoch(0),
    journal: { kind: 'listing' },
    decided: [],
    pending: new Map(),
    lastEffect: 0,
    replicas: new Map(),
    oldestHeard: null,
    newestHeard: null,
    offers: new Queue(),
    jobs: [],
    lastJob: 0,
    waiting: new JobList(),
    reducing: new JobList(),
    jobsById: new Map(),
    ended: new Map(),
    deciding: new Map(),
    outrun: new Set(),
    liveMaps: 0,
    liveReduces: 0,
    awaited: new Set(),
    awaitUntil: 0,
    placeable: false,
    lastEventAt: -1,
    doubt: 'none',
    deafUntil: 0,
    storeRetries: [],
    sweeps: [],
  };
}

export function createJob(
  order: number,
  plan: JobPlan,
  client: NodeId,
  submittedHere: boolean,
): Job {
  const job: Job = {
    order,
    plan,
    hash: jobHash(plan.job),
    client,
    submittedHere,
    status: 'running',
    error: null,
    outcomeDeciding: false,
    maps: [],
    reduces: [],
    mapQueue: new Queue(),
    reduceQueue: new Queue(),
    mapsQueued: 0,
    reducesQueued: 0,
    liveMaps: 0,
    liveReduces: 0,
    running: { map: new Set(), reduce: new Set() },
    mapsAvailable: 0,
    mapsAvailableAt: 0,
    mapsWon: 0,
    winners: 0,
    published: 0,
    versionsDigest: 0,
    locations: [],
    workers: new Set(),
    prepared: false,
    storeUnderWay: 0,
    endingBegun: false,
    durations: { maps: 0, mapSum: 0, reduces: 0, reduceSum: 0 },
    counters: null,
  };
  for (let i = 0; i < plan.splits.length; i++) job.maps.push(createTask(job, 'map', i));
  for (let i = 0; i < plan.reduces; i++) job.reduces.push(createTask(job, 'reduce', i));
  return job;
}

/** What most tasks never have any of: one list for all of them, for there may be a million. */
const NONE: readonly never[] = [];

function createTask(job: Job, kind: 'map' | 'reduce', index: number): Task {
  return {
    job,
    kind,
    index,
    queued: false,
    live: NONE,
    nextNumber: 0,
    deciding: null,
    canonical: null,
    places: NONE,
    winner: null,
    published: false,
    failures: NONE,
    error: null,
    processesLost: NONE,
    storeFull: 0,
    avoid: NONE,
    revokedElders: NONE,
  };
}

/** The tasks that commit a part: the reduces, or the maps of a map-only job. */
export function committingTasks(job: Job): readonly Task[] {
  return job.plan.reduces === 0 ? job.maps : job.reduces;
}

export function taskOf(job: Job, attempt: AttemptId): Task | undefined {
  return (attempt.kind === 'map' ? job.maps : job.reduces)[attempt.task];
}
