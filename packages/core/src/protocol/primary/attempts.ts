/**
 * Attempts at replicas: how they come to count, hold a slot, end, and are revoked.
 */
import { sameAttempt } from '../ids.ts';
import type { AttemptId, Microseconds } from '../ids.ts';
import { without, withItem } from '../lists.ts';
import { tellUnwanted } from './replicas.ts';
import { taskOf } from './state.ts';
import type { LiveAttempt, PrimaryState, ReplicaRecord, Task } from './state.ts';

/** A map-only task that is done, a reduce with a winner, or a map whose output is at hand. */
export function isDone(task: Task): boolean {
  return task.winner !== null || (task.canonical !== null && task.places.length > 0);
}

/** Puts a task at the end of its queue, unless it is done, decided, queued or running. */
export function enqueue(state: PrimaryState, task: Task): void {
  if (task.queued || task.live.length > 0 || task.deciding !== null || isDone(task)) return;
  const { job } = task;
  if (job.status !== 'running') return;
  if (job.mapsQueued + job.reducesQueued === 0) state.waiting.add(job);
  task.queued = true;
  if (task.kind === 'map') {
    job.mapQueue.push(task);
    job.mapsQueued++;
  } else {
    job.reduceQueue.push(task);
    job.reducesQueued++;
  }
  state.placeable = true;
}

/** Takes a task out of its queue; the entry in the queue becomes stale. */
export function unqueue(state: PrimaryState, task: Task): void {
  if (!task.queued) return;
  const { job } = task;
  task.queued = false;
  if (task.kind === 'map') job.mapsQueued--;
  else job.reducesQueued--;
  if (job.mapsQueued + job.reducesQueued === 0) state.waiting.remove(job);
}

/** Registers an attempt at a replica, in one of its slots. */
export function addLive(
  state: PrimaryState,
  now: Microseconds,
  task: Task,
  replica: ReplicaRecord,
  attempt: AttemptId,
): LiveAttempt {
  const live: LiveAttempt = {
    attempt,
    task,
    replica,
    startedAt: now,
    heartbeatSeen: replica.heartbeat,
    misses: 0,
    ended: false,
    failing: false,
    troubles: null,
    damagedFrom: null,
  };
  unqueue(state, task);
  task.live = withItem(task.live, live);
  task.job.running[task.kind].add(live);
  replica.live = withItem(replica.live, live);
  task.job.workers.add(replica);
  takeSlot(state, live, 1);
  return live;
}

function takeSlot(state: PrimaryState, live: LiveAttempt, change: 1 | -1): void {
  live.replica.busy += change;
  if (live.task.kind === 'map') {
    state.liveMaps += change;
    live.task.job.liveMaps += change;
  } else {
    const { job } = live.task;
    const before = job.liveReduces;
    state.liveReduces += change;
    job.liveReduces += change;
    if (before === 0) state.reducing.add(job);
    else if (job.liveReduces === 0) state.reducing.remove(job);
  }
}

/** The attempt no longer works: its slot is free, though its report may still be on its way. */
export function endAttempt(state: PrimaryState, live: LiveAttempt): void {
  if (live.ended) return;
  live.ended = true;
  takeSlot(state, live, -1);
  offer(state, live.replica);
}

/** The attempt counts for nothing any more. Its task waits again if nothing else works on it. */
export function revoke(state: PrimaryState, live: LiveAttempt): void {
  forgetAttempt(state, live);
  rememberElder(state, live);
  enqueue(state, live.task);
}

/** Numbers of this epoch are never used twice; elders might be named again by a snapshot. */
export function rememberElder(state: PrimaryState, { attempt, task }: LiveAttempt): void {
  if (attempt.epoch !== state.epoch) task.revokedElders = [...task.revokedElders, attempt];
}

/** Revokes, and has the replica told, so that it stops; a launch that comes later is refused. */
export function revokeAndTell(state: PrimaryState, live: LiveAttempt): void {
  tellUnwanted(live.replica, live.attempt);
  revoke(state, live);
}

/** Strikes the attempt from the lists of its task and its replica. */
export function forgetAttempt(state: PrimaryState, live: LiveAttempt): void {
  endAttempt(state, live);
  live.task.live = without(live.task.live, live);
  live.task.job.running[live.task.kind].delete(live);
  live.replica.live = without(live.replica.live, live);
}

/** The live attempt of this name at this replica. */
export function findLive(replica: ReplicaRecord, attempt: AttemptId): LiveAttempt | undefined {
  for (const live of replica.live) if (sameAttempt(live.attempt, attempt)) return live;
  return undefined;
}

/**
 * A replica names an attempt of its own in a snapshot. Work that an earlier epoch planned and that
 * is still of use is kept. True when the attempt counts.
 */
export function adoptRunning(
  state: PrimaryState,
  now: Microseconds,
  replica: ReplicaRecord,
  attempt: AttemptId,
  hasEnded: boolean,
): boolean {
  const job = state.jobsById.get(attempt.job);
  const task = job === undefined ? undefined : taskOf(job, attempt);
  if (task === undefined || task.job.status !== 'running') return false;
  if (findLive(replica, attempt) !== undefined) return true;
  // What this epoch planned and does not know any more, it has revoked.
  if (attempt.epoch >= state.epoch) return false;
  if (task.revokedElders.some((elder) => sameAttempt(elder, attempt))) return false;
  // Its predecessor wrote that down and died before it said so: the failure counts, once.
  if (hasFailed(task, attempt)) return false;
  if (isDone(task) || task.deciding !== null || task.live.length > 1) return false;
  const live = addLive(state, now, task, replica, attempt);
  if (hasEnded) endAttempt(state, live);
  return true;
}

function hasFailed({ failures, processesLost }: Task, attempt: AttemptId): boolean {
  if (failures.some((failed) => sameAttempt(failed, attempt))) return true;
  return processesLost.some((lost) => sameAttempt(lost.attempt, attempt));
}

/** It is here, it hears what it is told, and it has a slot free. */
export function mayWork(replica: ReplicaRecord): boolean {
  return replica.status === 'member' && replica.hears && replica.busy < replica.slots;
}

/** A replica with a free slot joins the queue of those that wait for work. */
export function offer(state: PrimaryState, replica: ReplicaRecord): void {
  if (replica.offering || !mayWork(replica)) return;
  replica.offering = true;
  state.offers.push(replica);
  state.placeable = true;
}
