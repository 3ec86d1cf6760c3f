/**
 * Where the canonical outputs of maps are, and the log in which reducers read it.
 */
import { assert } from '../../errors/assert.ts';
import { attemptElement } from '../digest.ts';
import { incarnation, sameAttempt } from '../ids.ts';
import type { AttemptId, Microseconds } from '../ids.ts';
import { without, withItem } from '../lists.ts';
import type { LocationPage } from '../messages.ts';
import { enqueue, forgetAttempt, revokeAndTell, unqueue } from './attempts.ts';
import { taskOf } from './state.ts';
import type { Job, Place, PrimaryState, ReplicaRecord, Task } from './state.ts';

/** The bytes of this attempt, at this replica, are the canonical output of the task. */
export function gainPlace(
  state: PrimaryState,
  now: Microseconds,
  task: Task,
  replica: ReplicaRecord,
  attempt: AttemptId,
): void {
  if (task.places.some((place) => isPlace(place, replica, attempt))) return;
  const { job } = task;
  const first = task.places.length === 0;
  task.places = withItem(task.places, { replica, attempt });
  job.workers.add(replica);
  addHeld(replica, job, attempt);
  if (!first) return;
  job.mapsAvailable++;
  job.mapsAvailableAt = now;
  announce(job, task, replica, attempt);
  unqueue(state, task);
  for (const live of task.live.slice()) {
    if (sameAttempt(live.attempt, attempt)) forgetAttempt(state, live);
    // One that is being written as a newer version is not for this place to revoke.
    else if (task.deciding !== null && sameAttempt(live.attempt, task.deciding)) continue;
    else revokeAndTell(state, live);
  }
  state.placeable = true;
}

/** The replica does not have these bytes any more, or nobody can get at them there. */
export function withdrawPlace(
  state: PrimaryState,
  replica: ReplicaRecord,
  attempt: AttemptId,
): void {
  const job = state.jobsById.get(attempt.job);
  if (job === undefined || !removeHeld(replica, job, attempt)) return;
  const task = taskOf(job, attempt);
  assert(task !== undefined, 'what is held belongs to a task');
  const [advertised] = task.places;
  task.places = task.places.filter((place) => !isPlace(place, replica, attempt));
  const [next] = task.places;
  if (next === undefined) {
    job.mapsAvailable--;
    announce(job, task, null, attempt);
    enqueue(state, task);
  } else if (advertised !== undefined && isPlace(advertised, replica, attempt)) {
    announce(job, task, next.replica, next.attempt);
  }
}

/** Everything this replica held is gone. */
export function loseEverythingAt(state: PrimaryState, replica: ReplicaRecord): void {
  for (const { attempts } of replica.held.slice()) {
    for (const attempt of attempts.slice()) withdrawPlace(state, replica, attempt);
  }
  replica.held = [];
  replica.heldDigest = 0;
}

/** Strikes a job from what a replica is believed to hold. */
export function forgetHeldForJob(replica: ReplicaRecord, job: Job): void {
  const entry = replica.held.find((other) => other.job === job);
  if (entry === undefined) return;
  for (const attempt of entry.attempts) {
    replica.heldDigest = (replica.heldDigest - attemptElement(attempt, job.hash)) | 0;
  }
  replica.held = without(replica.held, entry);
}

/** A page of the log from `cursor` on. A cursor beyond its end reads an empty page. */
export function locationPage(state: PrimaryState, job: Job, cursor: number): LocationPage {
  const { page } = state.timing;
  return {
    job: job.plan.job,
    from: cursor,
    entries: job.locations.slice(cursor, cursor + page),
    more: cursor + page < job.locations.length,
  };
}

function isPlace(place: Place, replica: ReplicaRecord, attempt: AttemptId): boolean {
  return place.replica === replica && sameAttempt(place.attempt, attempt);
}

function announce(job: Job, task: Task, replica: ReplicaRecord | null, attempt: AttemptId): void {
  const { canonical, index: map } = task;
  assert(canonical !== null, 'only canonical output has a place');
  const { version, checksums } = canonical;
  const source = replica?.id ?? -1;
  const sourceLife = replica?.incarnation ?? incarnation(0);
  job.locations.push({ map, version, source, sourceLife, attempt, checksums });
}

function addHeld(replica: ReplicaRecord, job: Job, attempt: AttemptId): void {
  const entry = replica.held.find((other) => other.job === job);
  if (entry === undefined) replica.held = withItem(replica.held, { job, attempts: [attempt] });
  else entry.attempts = withItem(entry.attempts, attempt);
  replica.heldDigest = (replica.heldDigest + attemptElement(attempt, job.hash)) | 0;
}

function removeHeld(replica: ReplicaRecord, job: Job, attempt: AttemptId): boolean {
  const entry = replica.held.find((other) => other.job === job);
  const held = entry?.attempts.find((other) => sameAttempt(other, attempt));
  if (entry === undefined || held === undefined) return false;
  entry.attempts = without(entry.attempts, held);
  replica.heldDigest = (replica.heldDigest - attemptElement(attempt, job.hash)) | 0;
  return true;
}
