/**
 * What the primary keeps of one replica, and what it has yet to tell it.
 */
import { incarnation as asIncarnation, sameAttempt } from '../ids.ts';
import type { AttemptId, JobId, NodeId } from '../ids.ts';
import type { PrimaryState, ReplicaRecord } from './state.ts';

const NO_ATTEMPTS: readonly AttemptId[] = [];
const NO_JOBS: readonly JobId[] = [];

/** The record of a replica, made when it is first heard of. */
export function replicaRecord(state: PrimaryState, id: NodeId): ReplicaRecord {
  let record = state.replicas.get(id);
  if (record === undefined) {
    record = {
      id,
      incarnation: asIncarnation(0),
      slots: 0,
      status: 'lost',
      listed: false,
      listing: null,
      lastHeard: 0,
      heartbeat: 0,
      hears: false,
      joinedAt: 0,
      snapshot: 0,
      snapshotPage: 0,
      snapshotHeld: [],
      snapshotRunning: NO_ATTEMPTS,
      live: [],
      busy: 0,
      held: [],
      heldDigest: 0,
      unwanted: [],
      endedJobs: [],
      offering: false,
      older: null,
      newer: null,
    };
    state.replicas.set(id, record);
  }
  return record;
}

/** Says which epoch is current, and nothing else. */
export function answerCurrent(state: PrimaryState, to: NodeId): void {
  const replica = state.replicas.get(to);
  state.effects.push({
    kind: 'send',
    to,
    message: {
      kind: 'current',
      epoch: state.epoch,
      incarnation: replica?.incarnation ?? asIncarnation(0),
    },
  });
}

// -------------------------------------------------------------------- what is to be told

/** The next answer tells the replica to stop and discard this attempt. */
export function tellUnwanted(replica: ReplicaRecord, attempt: AttemptId): void {
  if (replica.unwanted.some((entry) => sameAttempt(entry.attempt, attempt))) return;
  replica.unwanted.push({ attempt, sentIn: Number.POSITIVE_INFINITY });
}

/** At most a page of them; the rest is told when the replica has heard of these. */
export function unwantedNow(
  replica: ReplicaRecord,
  page: number,
  heartbeat?: number,
): readonly AttemptId[] {
  if (replica.unwanted.length === 0) return NO_ATTEMPTS;
  return replica.unwanted.slice(0, page).map((entry) => {
    if (heartbeat !== undefined) entry.sentIn = Math.min(entry.sentIn, heartbeat);
    return entry.attempt;
  });
}

/** In pages, too. */
export function endedJobsNow(
  replica: ReplicaRecord,
  page: number,
  heartbeat: number,
): readonly JobId[] {
  if (replica.endedJobs.length === 0) return NO_JOBS;
  return replica.endedJobs.slice(0, page).map((entry) => {
    entry.sentIn = Math.min(entry.sentIn, heartbeat);
    return entry.job;
  });
}

/** What an earlier answer told and the replica has heard need not be told again. */
export function forgetTold(replica: ReplicaRecord, answered: number): void {
  if (replica.unwanted.length > 0) {
    replica.unwanted = replica.unwanted.filter((entry) => answered < entry.sentIn);
  }
  if (replica.endedJobs.length > 0) {
    replica.endedJobs = replica.endedJobs.filter((entry) => answered < entry.sentIn);
  }
}
