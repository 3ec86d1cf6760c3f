/**
 * Which task goes to which free slot: first come, first served by jobs, maps before reduces, twins
 * for stragglers when nothing else waits.
 */
import { assert } from '../../errors/assert.ts';
import type { AttemptId, Microseconds } from '../ids.ts';
import { addLive, mayWork, offer, revokeAndTell, unqueue } from './attempts.ts';
import { committingTasks } from './state.ts';
import type { Job, LiveAttempt, PrimaryState, ReplicaRecord, Task } from './state.ts';
import type { Queue } from './queue.ts';

/** How many waiting tasks are looked at for one that does not avoid the replica. */
const LOOK_AHEAD = 8;

/** Places what can be placed. Cheap when nothing has changed. */
export function place(state: PrimaryState, now: Microseconds): void {
  let mayYield = state.liveReduces;
  while (state.placeable) {
    state.placeable = false;
    placeQueued(state, now);
    if (!yieldReduce(state)) continue;
    assert(mayYield-- > 0, 'a reduce that yielded is placed again after the maps');
    state.placeable = true;
  }
}

function placeQueued(state: PrimaryState, now: Microseconds): void {
  const unsuited: ReplicaRecord[] = [];
  let isAnyUsed = false;
  while (isAnythingToPlace(state)) {
    const replica = takeOffer(state);
    if (replica === undefined) break;
    const task = takeTask(state, replica);
    if (task === undefined) unsuited.push(replica);
    else {
      assign(state, now, task, replica);
      isAnyUsed = true;
    }
    offerQuietly(state, task === undefined ? undefined : replica);
  }
  for (const replica of unsuited) offerQuietly(state, replica);
  // What did not suit them kept other tasks from them, and may be placed now.
  if (isAnyUsed && unsuited.length > 0) state.placeable = true;
}

/** Puts a replica back without asking for another round of placing. */
function offerQuietly(state: PrimaryState, replica: ReplicaRecord | undefined): void {
  if (replica === undefined) return;
  const { placeable } = state;
  offer(state, replica);
  state.placeable = placeable;
}

function isAnythingToPlace(state: PrimaryState): boolean {
  for (const job of state.waiting.jobs) {
    if (mayPlace(state, job) && (hasMapToPlace(job) || hasReduceToPlace(job))) return true;
  }
  return false;
}

/** The maps of a map-only job upload, and need the directories that a reduce needs. */
function hasMapToPlace(job: Job): boolean {
  return job.mapsQueued > 0 && (job.plan.reduces > 0 || job.prepared);
}

function hasReduceToPlace(job: Job): boolean {
  return job.reducesQueued > 0 && job.mapsQueued === 0 && job.prepared;
}

/** The replica that has waited longest and can still take work. */
function takeOffer(state: PrimaryState): ReplicaRecord | undefined {
  for (;;) {
    const replica = state.offers.shift();
    if (replica === undefined) return undefined;
    replica.offering = false;
    if (mayWork(replica)) return replica;
  }
}

function takeTask(state: PrimaryState, replica: ReplicaRecord): Task | undefined {
  for (const job of state.waiting.jobs) {
    if (!mayPlace(state, job)) continue;
    if (hasMapToPlace(job)) {
      const task = takeFrom(state, job.mapQueue, replica);
      if (task !== undefined) return task;
    } else if (hasReduceToPlace(job)) {
      const task = takeFrom(state, job.reduceQueue, replica);
      if (task !== undefined) return task;
    }
  }
  return undefined;
}

/**
 * When every part has its winner, nobody will read what another map or its twin would make. After a
 * restart, tasks that an earlier epoch may have placed wait until every replica in the journal's list
 * has said what it runs and holds, or has had time to.
 */
function mayPlace(state: PrimaryState, job: Job): boolean {
  if (job.status !== 'running' || job.outcomeDeciding) return false;
  if (job.winners === committingTasks(job).length) return false;
  return state.awaited.size === 0 || job.submittedHere;
}

function takeFrom(
  state: PrimaryState,
  queue: Queue<Task>,
  replica: ReplicaRecord,
): Task | undefined {
  for (let looked = 0; looked < LOOK_AHEAD;) {
    const task = queue.shift();
    if (task === undefined) return undefined;
    if (!task.queued) continue;
    if (!avoids(state, task, replica)) {
      unqueue(state, task);
      return task;
    }
    queue.push(task);
    looked++;
  }
  return undefined;
}

/** A task avoids replicas that served it ill, as long as there are others. */
function avoids(state: PrimaryState, task: Task, replica: ReplicaRecord): boolean {
  if (!task.avoid.includes(replica.id)) return false;
  for (const other of state.replicas.values()) {
    if (other.status === 'member' && !task.avoid.includes(other.id)) return true;
  }
  return false;
}

function assign(
  state: PrimaryState,
  now: Microseconds,
  task: Task,
  replica: ReplicaRecord,
): LiveAttempt {
  const { job } = task;
  const attempt: AttemptId = {
    job: job.plan.job,
    kind: task.kind,
    task: task.index,
    epoch: state.epoch,
    number: task.nextNumber++,
  };
  const live = addLive(state, now, task, replica, attempt);
  state.effects.push({
    kind: 'send',
    to: replica.id,
    message: {
      kind: 'assign',
      epoch: state.epoch,
      incarnation: replica.incarnation,
      attempt,
      plan: job.plan,
      heartbeatSeen: replica.heartbeat,
    },
  });
  return live;
}

/**
 * Reducers wait for maps: while a map of their job has to be run and finds no slot, the youngest
 * yields its own. Returns true when one did; its task is not placed again before the maps are.
 */
function yieldReduce(state: PrimaryState): boolean {
  if (state.liveReduces === 0) return false;
  for (const job of state.waiting.jobs) {
    if (job.mapsQueued === 0 || job.liveReduces === 0 || !mayPlace(state, job)) continue;
    const map = job.maps.find((task) => task.queued);
    const youngest = youngestReduce(state, job, map);
    if (youngest === null) continue;
    revokeAndTell(state, youngest);
    return true;
  }
  return false;
}

/** The youngest reduce in a slot that this map would take. */
function youngestReduce(
  state: PrimaryState,
  job: Job,
  map: Task | undefined,
  elder?: ReplicaRecord,
): LiveAttempt | null {
  let youngest: LiveAttempt | null = null;
  for (const task of job.reduces) {
    for (const live of task.live) {
      if (live.ended || live.replica.status !== 'member' || !live.replica.hears) continue;
      if (elder !== undefined && !suitsTwin(state, elder, live.replica)) continue;
      if (map !== undefined && avoids(state, map, live.replica)) continue;
      if (youngest === null || live.startedAt >= youngest.startedAt) youngest = live;
    }
  }
  return youngest;
}

// -------------------------------------------------------------------- stragglers

/** Gives a twin to whatever runs far longer than its like, while slots are free. */
export function speculate(state: PrimaryState, now: Microseconds): void {
  if (state.offers.length === 0 || isAnythingToPlace(state)) return makeRoomForTwins(state, now);
  for (const job of state.jobs) {
    if (!mayPlace(state, job)) continue;
    if (job.liveMaps > 0) speculateOn(state, now, job.running.map, typicalMap(job));
    if (job.liveReduces > 0) speculateOn(state, now, job.running.reduce, typicalReduce(job));
    if (state.offers.length === 0) return;
  }
}

/**
 * Where reduces hold every slot while they wait for a map that takes too long, its twin would never
 * find one: the youngest yields, as it does to a map that has to be run again.
 */
function makeRoomForTwins(state: PrimaryState, now: Microseconds): void {
  for (const job of state.reducing.jobs) {
    if (job.liveMaps === 0 || job.mapsQueued > 0 || !mayPlace(state, job)) continue;
    const slow = tooSlow(state, now, job.running.map, typicalMap(job));
    // Where another map still runs, a slot will soon be free.
    if (slow.length < state.liveMaps) continue;
    for (const { task, replica: elder } of slow) {
      const youngest = youngestReduce(state, job, task, elder);
      if (youngest === null) return;
      revokeAndTell(state, youngest);
      assign(state, now, task, youngest.replica);
    }
  }
}

function typicalMap({ durations }: Job): Microseconds {
  return durations.maps === 0 ? 0 : durations.mapSum / durations.maps;
}

/** Before any reduce has finished, the maps are what there is to compare with. */
function typicalReduce(job: Job): Microseconds {
  const { reduces, reduceSum } = job.durations;
  return reduces === 0 ? typicalMap(job) : reduceSum / reduces;
}

function speculateOn(
  state: PrimaryState,
  now: Microseconds,
  running: ReadonlySet<LiveAttempt>,
  typical: Microseconds,
): void {
  for (const { task, replica: elder } of tooSlow(state, now, running, typical)) {
    const replica = takeOfferForTwin(state, elder);
    if (replica === undefined) return;
    assign(state, now, task, replica);
    offer(state, replica);
  }
}

function tooSlow(
  state: PrimaryState,
  now: Microseconds,
  running: ReadonlySet<LiveAttempt>,
  typical: Microseconds,
): LiveAttempt[] {
  // Until one of its kind has finished, nobody knows what long is.
  if (typical === 0) return [];
  const { speculationPercent, speculationDelay } = state.timing;
  const tooLong = Math.max(speculationDelay, Math.floor((typical * speculationPercent) / 100));
  return stragglers(state, running, now, tooLong);
}

/** What runs alone and too long, in the order of the tasks' numbers. */
function stragglers(
  state: PrimaryState,
  running: ReadonlySet<LiveAttempt>,
  now: Microseconds,
  tooLong: Microseconds,
): LiveAttempt[] {
  const found: LiveAttempt[] = [];
  for (const live of running) {
    // What comes behind it was started later.
    if (now - workingSince(live.task, live) <= tooLong) break;
    if (isAlone(live)) found.push(live);
  }
  // Where a twin has been faster once, the next one need not wait to see it again.
  for (const replica of state.outrun) {
    for (const live of replica.live) {
      if (!running.has(live) || !isAlone(live) || found.includes(live)) continue;
      if (workingSince(live.task, live) < now) found.push(live);
    }
  }
  return found.sort((a, b) => a.task.index - b.task.index);
}

function isAlone({ task, ended }: LiveAttempt): boolean {
  return task.live.length === 1 && task.deciding === null && !ended;
}

/** A reduce is not slow while it waits for maps. */
export function workingSince(task: Task, live: LiveAttempt): Microseconds {
  if (task.kind === 'map') return live.startedAt;
  if (task.job.mapsAvailable < task.job.maps.length) return Number.POSITIVE_INFINITY;
  return Math.max(live.startedAt, task.job.mapsAvailableAt);
}

function takeOfferForTwin(state: PrimaryState, elder: ReplicaRecord): ReplicaRecord | undefined {
  const unsuited: ReplicaRecord[] = [];
  let replica = takeOffer(state);
  while (replica !== undefined && !suitsTwin(state, elder, replica)) {
    unsuited.push(replica);
    replica = takeOffer(state);
  }
  for (const other of unsuited) offer(state, other);
  return replica;
}

/**
 * A task has one twin. Where its elder is, it would wait as long, and no less where another twin has been
 * faster, if there are others: who is slow has been idle longest, and would be the first to take it.
 */
function suitsTwin(state: PrimaryState, elder: ReplicaRecord, replica: ReplicaRecord): boolean {
  if (replica === elder) return false;
  if (!state.outrun.has(replica)) return true;
  for (const other of state.replicas.values()) {
    if (other.status === 'member' && other !== elder && !state.outrun.has(other)) return false;
  }
  return true;
}
