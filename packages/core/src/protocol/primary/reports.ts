/**
 * How attempts end: what a report means, and what becomes of the task when it is in the journal.
 */
import { unreachable } from '../../errors/assert.ts';
import { sameAttempt } from '../ids.ts';
import type { AttemptId, Microseconds, NodeId } from '../ids.ts';
import type { AttemptFailed, MapWon, PartWon, ProcessLost } from '../journal-entries.ts';
import type { Report } from '../messages.ts';
import type { Outcome, TaskError } from '../plan.ts';
import {
  endAttempt,
  enqueue,
  findLive,
  forgetAttempt,
  isDone,
  rememberElder,
  revokeAndTell,
} from './attempts.ts';
import { beginPublishing, decideOutcome } from './commit.ts';
import { decide } from './journal.ts';
import { workingSince } from './placing.ts';
import { gainPlace, withdrawPlace } from './places.ts';
import { answerCurrent, replicaRecord, tellUnwanted } from './replicas.ts';
import { taskOf } from './state.ts';
import type { LiveAttempt, PrimaryState, ReplicaRecord, Task } from './state.ts';

/** Different nodes a record must have killed a process on before it is the record's fault. */
const NODES_TO_BLAME_A_RECORD = 3;

export function onReport(
  state: PrimaryState,
  now: Microseconds,
  from: NodeId,
  message: Report,
): void {
  const replica = replicaRecord(state, from);
  if (message.incarnation < replica.incarnation) return answerCurrent(state, from);
  if (message.incarnation > replica.incarnation) return;
  // A lost replica, or one that is still telling what it holds, repeats its report later.
  if (replica.status !== 'member' && replica.status !== 'silent') return;
  const { attempt, outcome } = message;
  const job = state.jobsById.get(attempt.job);
  const task = job === undefined ? undefined : taskOf(job, attempt);
  if (task === undefined || task.job.status !== 'running') {
    return answerVoid(state, replica, attempt);
  }
  if (task.deciding !== null && sameAttempt(task.deciding, attempt)) return;
  const live = findLive(replica, attempt);
  if (live?.failing === true) return;
  if (live !== undefined) endAttempt(state, live);
  switch (outcome.kind) {
    case 'mapped':
      return onMapped(state, now, replica, task, live, attempt, outcome);
    case 'stored':
      return onStored(state, replica, task, live, attempt, outcome);
    case 'failed':
    case 'process-lost':
    case 'gave-up':
      if (live === undefined) return answerVoid(state, replica, attempt);
      return onNoResult(state, live, outcome);
    default:
      return unreachable(outcome);
  }
}

// -------------------------------------------------------------------- maps

function onMapped(
  state: PrimaryState,
  now: Microseconds,
  replica: ReplicaRecord,
  task: Task,
  live: LiveAttempt | undefined,
  attempt: AttemptId,
  outcome: Extract<Outcome, { kind: 'mapped' }>,
): void {
  const { canonical, job, places } = task;
  const { checksums, counters } = outcome;
  if (
    canonical !== null &&
    places.some((place) => place.replica === replica && sameAttempt(place.attempt, attempt))
  ) {
    return answerJournaled(state, replica, attempt);
  }
  if (live === undefined) return answerVoid(state, replica, attempt);
  if (task.deciding !== null || places.length > 0) return forgetAndVoid(state, live);
  if (canonical === null) {
    task.deciding = attempt;
    return decide(state, { kind: 'map-won', attempt, version: 1, checksums, counters });
  }
  // The output was lost and made again. The same checksums are the same canonical output.
  if (sameChecksums(checksums, canonical.checksums)) {
    noteDuration(state, now, live);
    gainPlace(state, now, task, replica, attempt);
    return answerJournaled(state, replica, attempt);
  }
  if (job.reduces.some((reduce) => reduce.winner !== null || reduce.deciding !== null)) {
    forgetAndVoid(state, live);
    return decideOutcome(state, job, 'failing', nondeterministic(task));
  }
  // Until the entry is durable no report of a reduce is taken; then every reduce begins again.
  task.deciding = attempt;
  const version = canonical.version + 1;
  decide(state, { kind: 'map-won', attempt, version, checksums, counters });
}

function sameChecksums(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((checksum, i) => checksum === b[i]));
}

function nondeterministic(task: Task): TaskError {
  return {
    code: 'LISPING_E_NONDETERMINISTIC_MAP',
    message:
      `map task ${task.index} was run again and gave other bytes than the first time, ` +
      'after a reduce had already used the first ones',
  };
}

/** The winner of a map is in the journal. */
export function onMapWon(state: PrimaryState, now: Microseconds, entry: MapWon): void {
  const job = state.jobsById.get(entry.attempt.job);
  const task = job === undefined ? undefined : taskOf(job, entry.attempt);
  if (job === undefined || task === undefined) return;
  task.deciding = null;
  if (job.status !== 'running') return;
  if (entry.version > 1) dropOldVersion(state, task);
  const live = task.live.find((other) => sameAttempt(other.attempt, entry.attempt));
  if (live === undefined) {
    // Its replica was lost while the entry was written: the output must be made again.
    enqueue(state, task);
    return;
  }
  noteDuration(state, now, live);
  const { replica } = live;
  gainPlace(state, now, task, replica, entry.attempt);
  answerJournaled(state, replica, entry.attempt);
}

/**
 * A version rose: what lies anywhere is of an older one, and a reduce that runs now has consumed,
 * or may consume, what no longer counts.
 */
function dropOldVersion(state: PrimaryState, task: Task): void {
  for (const { replica, attempt } of task.places.slice()) {
    tellUnwanted(replica, attempt);
    withdrawPlace(state, replica, attempt);
  }
  for (const reduce of task.job.reduces) {
    for (const live of reduce.live.slice()) revokeAndTell(state, live);
  }
}

// -------------------------------------------------------------------- parts

function onStored(
  state: PrimaryState,
  replica: ReplicaRecord,
  task: Task,
  live: LiveAttempt | undefined,
  attempt: AttemptId,
  outcome: Extract<Outcome, { kind: 'stored' }>,
): void {
  if (task.winner !== null && sameAttempt(task.winner.attempt, attempt)) {
    return answerJournaled(state, replica, attempt);
  }
  if (live === undefined) return answerVoid(state, replica, attempt);
  if (task.winner !== null || task.deciding !== null) return forgetAndVoid(state, live);
  // It reduced a version of some map that is not canonical any more: no failure, planned again.
  if (task.kind === 'reduce' && !consumedCurrent(task, outcome.consumed)) {
    return forgetAndVoid(state, live);
  }
  task.deciding = attempt;
  const { part, counters } = outcome;
  decide(state, { kind: 'part-won', attempt, part, counters });
}

function consumedCurrent(task: Task, consumed: number): boolean {
  const { job } = task;
  if (job.maps.some((map) => map.canonical === null || map.deciding !== null)) return false;
  return consumed === job.versionsDigest;
}

/** The winner of a task that commits is in the journal: publish its part. */
export function onPartWon(state: PrimaryState, now: Microseconds, entry: PartWon): void {
  const job = state.jobsById.get(entry.attempt.job);
  const task = job === undefined ? undefined : taskOf(job, entry.attempt);
  if (job === undefined || task === undefined) return;
  task.deciding = null;
  if (job.status !== 'running') return;
  for (const live of task.live.slice()) {
    if (sameAttempt(live.attempt, entry.attempt)) {
      noteDuration(state, now, live);
      forgetAttempt(state, live);
      answerJournaled(state, live.replica, entry.attempt);
    } else revokeAndTell(state, live);
  }
  beginPublishing(state, task);
}

// -------------------------------------------------------------------- no result

function onNoResult(
  state: PrimaryState,
  live: LiveAttempt,
  outcome: Extract<Outcome, { kind: 'failed' | 'process-lost' | 'gave-up' }>,
): void {
  const { attempt, replica, task } = live;
  // A twin that has won, or is about to, makes a failure harmless.
  if (task.deciding !== null || isDone(task)) return forgetAndVoid(state, live);
  switch (outcome.kind) {
    case 'failed':
      live.failing = true;
      return decide(state, { kind: 'attempt-failed', attempt, error: outcome.error });
    case 'process-lost':
      if (outcome.record === null) return forgetAndVoid(state, live);
      live.failing = true;
      return decide(state, {
        kind: 'process-lost',
        attempt,
        replica: replica.id,
        record: outcome.record,
      });
    case 'gave-up':
      if (outcome.reason === 'store-full') task.storeFull++;
      // Elsewhere there may be room.
      if (outcome.reason === 'disk-full') task.avoid = [replica.id];
      forgetAndVoid(state, live);
      if (task.storeFull >= state.timing.storeGiveUps) {
        decideOutcome(state, task.job, 'failing', storeFull());
      }
      return;
    default:
      return unreachable(outcome);
  }
}

function storeFull(): TaskError {
  return { code: 'LISPING_E_DISK_FULL', message: 'the output store is full and stayed full' };
}

/** A failure is in the journal: it counts, whatever becomes of this primary. */
export function onAttemptFailed(state: PrimaryState, entry: AttemptFailed): void {
  const task = settle(state, entry.attempt);
  if (task === undefined) return;
  if (task.failures.length >= state.timing.attemptsPerTask) {
    decideOutcome(state, task.job, 'failing', entry.error);
  }
}

/** A process died in a record, and that is in the journal. */
export function onProcessLost(state: PrimaryState, entry: ProcessLost): void {
  const task = settle(state, entry.attempt);
  if (task === undefined) return;
  const deaths = task.processesLost.filter((lost) => lost.record === entry.record);
  const nodes = new Set(deaths.map((lost) => lost.replica));
  task.avoid = [...nodes];
  if (nodes.size < NODES_TO_BLAME_A_RECORD && !diedEverywhere(state, deaths.length, nodes)) return;
  decideOutcome(state, task.job, 'failing', {
    code: 'LISPING_E_TASK_DIED',
    message:
      `${task.kind} task ${task.index}: the process that ran it died in the same record ` +
      `on ${nodes.size} replicas`,
    record: { input: '', offset: entry.record, text: '' },
  });
}

/** A cluster with fewer nodes than it takes to blame a record has to do with those it has. */
function diedEverywhere(state: PrimaryState, deaths: number, nodes: ReadonlySet<NodeId>): boolean {
  if (deaths < state.timing.attemptsPerTask) return false;
  for (const replica of state.replicas.values()) {
    if (replica.status === 'member' && !nodes.has(replica.id)) return false;
  }
  return true;
}

/**
 * The decision about a failed attempt is durable: the attempt is over, and its task waits. Returns
 * the task when the failure matters, because nothing else has won it meanwhile.
 */
function settle(state: PrimaryState, attempt: AttemptId): Task | undefined {
  const job = state.jobsById.get(attempt.job);
  const task = job === undefined ? undefined : taskOf(job, attempt);
  if (job === undefined || task === undefined) return undefined;
  const live = task.live.find((other) => sameAttempt(other.attempt, attempt));
  if (live !== undefined) {
    forgetAttempt(state, live);
    // Another node may have what this one lacked.
    task.avoid = [live.replica.id];
    answerJournaled(state, live.replica, attempt);
  }
  enqueue(state, task);
  return job.status !== 'running' || task.deciding !== null || isDone(task) ? undefined : task;
}

// -------------------------------------------------------------------- answers

function forgetAndVoid(state: PrimaryState, live: LiveAttempt): void {
  forgetAttempt(state, live);
  rememberElder(state, live);
  answerVoid(state, live.replica, live.attempt);
  enqueue(state, live.task);
}

function answerVoid(state: PrimaryState, replica: ReplicaRecord, attempt: AttemptId): void {
  answer(state, replica, attempt, 'void');
}

function answerJournaled(state: PrimaryState, replica: ReplicaRecord, attempt: AttemptId): void {
  answer(state, replica, attempt, 'journaled');
}

function answer(
  state: PrimaryState,
  replica: ReplicaRecord,
  attempt: AttemptId,
  verdict: 'journaled' | 'void',
): void {
  state.effects.push({
    kind: 'send',
    to: replica.id,
    message: {
      kind: 'report-answer',
      epoch: state.epoch,
      incarnation: replica.incarnation,
      attempt,
      verdict,
    },
  });
}

/** How long this kind of task takes, so that a straggler can be told from the rest. */
function noteDuration(state: PrimaryState, now: Microseconds, live: LiveAttempt): void {
  state.outrun.delete(live.replica);
  for (const elder of live.task.live) {
    if (elder.startedAt < live.startedAt) state.outrun.add(elder.replica);
  }
  const { durations } = live.task.job;
  // Of adopted work it is not known when it began, nor of a reduce while a map is missing.
  const took = now - workingSince(live.task, live);
  if (live.attempt.epoch !== state.epoch || took < 0) return;
  if (live.task.kind === 'map') {
    durations.maps++;
    durations.mapSum += took;
  } else {
    durations.reduces++;
    durations.reduceSum += took;
  }
}
