/**
 * The control plane: every message that machines send each other. Segments, splits and parts never
 * travel here; they are fetched by name on the data plane (see effects.ts).
 *
 * Each message is an envelope, `epoch` and `incarnation`, around one case of a union. A replica
 * writes the epoch it follows and its own incarnation; the primary its own epoch and the
 * incarnation it believes it is talking to; a client the highest epoch it has seen and 0.
 */
import type { AttemptId, Epoch, Incarnation, JobId } from './ids.ts';
import type { JobPlan, JobProgress, JobSpec, JobStatus, Location, Outcome } from './plan.ts';
import type { HeldSummary } from './digest.ts';
import type { TaskCounters, TaskError } from './plan.ts';

interface Envelope {
  readonly epoch: Epoch;
  readonly incarnation: Incarnation;
}

// ---------------------------------------------------------------- client to primary

/** Run this job. Repeating it is harmless: the id makes it the same submit. */
export interface Submit extends Envelope {
  readonly kind: 'submit';
  readonly spec: JobSpec;
}
/** A status request: how is this job? */
export interface Ask extends Envelope {
  readonly kind: 'ask';
  readonly job: JobId;
}
/** Stop this job, also one whose submit has not arrived yet. */
export interface Cancel extends Envelope {
  readonly kind: 'cancel';
  readonly job: JobId;
}

// ---------------------------------------------------------------- primary to client

/** The answer to all three requests, and sent unasked when a job ends. */
export interface News extends Envelope {
  readonly kind: 'news';
  readonly job: JobId;
  /** `unknown`: no such job was ever acknowledged; submit it (again). */
  readonly status: JobStatus | 'unknown';
  readonly progress: JobProgress;
  readonly error: TaskError | null;
  /** Sums over winning attempts; null until the job succeeded. */
  readonly counters: TaskCounters | null;
}

// ---------------------------------------------------------------- replica to primary

/**
 * One page of a snapshot of everything the replica runs and holds. The first snapshot is how a
 * replica joins; a later one is a resync. The page is repeated until it is answered.
 */
export interface Join extends Envelope {
  readonly kind: 'join';
  readonly slots: number;
  /** The number of the last heartbeat sent before the snapshot was taken. */
  readonly heartbeat: number;
  /** Which snapshot: rises with each one the replica starts. */
  readonly snapshot: number;
  readonly page: number;
  readonly pages: number;
  readonly held: readonly HeldSummary[];
  /** Running attempts, and ended ones that wait for an answer, on page 0 only. */
  readonly running: readonly AttemptId[];
}

/** I am alive, and this is what I do. */
export interface Heartbeat extends Envelope {
  readonly kind: 'heartbeat';
  /** 1, 2, 3, … within an incarnation. */
  readonly number: number;
  /** The highest heartbeat whose answer arrived: what that answer said has been done. */
  readonly answered: number;
  readonly running: readonly AttemptId[];
  /** Ended attempts whose reports are not yet answered. */
  readonly ended: readonly AttemptId[];
  /** Digest of the outputs held whose reports were acknowledged. */
  readonly heldDigest: number;
  /** For each job of which a reduce is shuffling: how far its location log has been read. */
  readonly cursors: readonly LocationCursor[];
}

export interface LocationCursor {
  readonly job: JobId;
  readonly cursor: number;
}

/** An attempt ended. Repeated until it is answered. */
export interface Report extends Envelope {
  readonly kind: 'report';
  readonly attempt: AttemptId;
  readonly outcome: Outcome;
}

/** A reduce attempt could not get segments from a peer. Advice: the primary decides what it means. */
export interface FetchTrouble extends Envelope {
  readonly kind: 'fetch-trouble';
  readonly attempt: AttemptId;
  /** The peer, by node id, and the life of it that was asked. */
  readonly source: number;
  readonly sourceLife: Incarnation;
  readonly problem: 'unreachable' | 'damaged' | 'missing';
  /** Requests to this peer that have failed in a row, this one included. */
  readonly failures: number;
  /** The outputs concerned, by the attempt that made them. */
  readonly outputs: readonly AttemptId[];
}

/** Where are the segments of this job, from this place in its log on? */
export interface Locate extends Envelope {
  readonly kind: 'locate';
  readonly job: JobId;
  readonly cursor: number;
}

// ---------------------------------------------------------------- primary to replica

/** This page of the snapshot has arrived; after the last one the replica is a member. */
export interface PageReceived extends Envelope {
  readonly kind: 'page-received';
  readonly snapshot: number;
  readonly page: number;
  /** True on the answer to the last page, once the replica is in the journal's list. */
  readonly welcome: boolean;
  /** Attempts and outputs named on the page that nobody needs: stop and discard them. */
  readonly unwanted: readonly AttemptId[];
}

/** The lease is renewed, from the moment this heartbeat was sent. */
export interface HeartbeatAnswer extends Envelope {
  readonly kind: 'heartbeat-answer';
  readonly number: number;
  /** Running attempts nobody wants, and revoked ones that may not have arrived yet. */
  readonly unwanted: readonly AttemptId[];
  /** Jobs that ended: drop everything kept for them. */
  readonly endedJobs: readonly JobId[];
  readonly located: readonly LocationPage[];
  /** The primary's picture of this replica is stale: send a snapshot. */
  readonly resync: boolean;
}

/** A stretch of one job's location log. */
export interface LocationPage {
  readonly job: JobId;
  /** The place in the log of the first entry. */
  readonly from: number;
  readonly entries: readonly Location[];
  /** True when the log goes on behind this page. */
  readonly more: boolean;
}

/**
 * Work. Refused when the attempt was revoked before it arrived, or when it was sent before the
 * replica last told what it runs and holds.
 */
export interface Assign extends Envelope {
  readonly kind: 'assign';
  readonly attempt: AttemptId;
  readonly plan: JobPlan;
  /** The last heartbeat that the primary had seen from this replica. */
  readonly heartbeatSeen: number;
}

/** A report was taken into the journal (or found there), or counts for nothing. */
export interface ReportAnswer extends Envelope {
  readonly kind: 'report-answer';
  readonly attempt: AttemptId;
  readonly verdict: 'journaled' | 'void';
}

/** The answer to `locate`. */
export interface Located extends Envelope {
  readonly kind: 'located';
  readonly located: LocationPage;
}

/**
 * The envelope says what is current: the answer to a message of the past, and how a new primary
 * makes itself known. Never answered.
 */
export interface Current extends Envelope {
  readonly kind: 'current';
}

export type ToPrimary =
  Submit | Ask | Cancel | Join | Heartbeat | Report | FetchTrouble | Locate | Current;
export type ToReplica = PageReceived | HeartbeatAnswer | Assign | ReportAnswer | Located | Current;
export type ToClient = News;

export type Message = ToPrimary | ToReplica | ToClient;
export type MessageKind = Message['kind'];
