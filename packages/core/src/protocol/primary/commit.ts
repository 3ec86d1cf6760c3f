/**
 * From winners to an outcome: directories, parts, `_SUCCESS`, and the one journaled end of a job.
 *
 * Every operation of the store is repeated until its answer is clear, and every one of them may be
 * repeated by a successor: each is ok when what it asks for is already so.
 */
import { assert, unreachable } from '../../errors/assert.ts';
import type { StoreAnswer, StoreOperation } from '../effects.ts';
import type { JobId, Microseconds } from '../ids.ts';
import type { JobEnded, JobOutcome } from '../journal-entries.ts';
import type { TaskError } from '../plan.ts';
import { partsOf } from '../plan.ts';
import { isDone, revokeAndTell, unqueue } from './attempts.ts';
import { tellClient } from './news.ts';
import { decide, expectEffect } from './journal.ts';
import { forgetHeldForJob } from './places.ts';
import { committingTasks } from './state.ts';
import type { Job, PrimaryState, StoreTask, Task } from './state.ts';

// -------------------------------------------------------------------- operations

function operate(state: PrimaryState, store: StoreTask): void {
  if (state.doubt !== 'none') {
    // Woken from a pause: a successor may have ended this job long ago.
    state.storeRetries.push({ at: 0, store });
    return;
  }
  store.job.storeUnderWay++;
  const effect = expectEffect(state, { kind: 'store', store });
  state.effects.push({ kind: 'store', effect, operation: store.operation });
}

/** Repeats what was unclear, once it has waited. */
export function retryStore(state: PrimaryState, now: Microseconds): void {
  if (state.doubt !== 'none') return;
  if (state.storeRetries.length > 0) {
    const due = state.storeRetries.filter((retry) => retry.at <= now);
    state.storeRetries = state.storeRetries.filter((retry) => retry.at > now);
    for (const { store } of due) {
      if (isStillWanted(store.job, store.operation)) operate(state, store);
    }
  }
  if (state.sweeps.length > 0) {
    const due = state.sweeps.filter((sweep) => sweep.at <= now);
    state.sweeps = state.sweeps.filter((sweep) => sweep.at > now);
    for (const { operation } of due) sweep(state, operation);
  }
}

function sweep(state: PrimaryState, operation: StoreOperation): void {
  const effect = expectEffect(state, { kind: 'sweep', operation });
  state.effects.push({ kind: 'store', effect, operation });
}

export function onSwept(
  state: PrimaryState,
  now: Microseconds,
  operation: StoreOperation,
  answer: StoreAnswer,
): void {
  if (answer === 'unclear') state.sweeps.push({ at: now + state.timing.storeRetry, operation });
}

export function onStoreAnswer(
  state: PrimaryState,
  now: Microseconds,
  store: StoreTask,
  answer: StoreAnswer,
): void {
  const { job, operation, task } = store;
  job.storeUnderWay--;
  if (!isStillWanted(job, operation)) return beginEndingWhenQuiet(state, job);
  if (answer === 'unclear' || answer === 'full') {
    state.storeRetries.push({ at: now + state.timing.storeRetry, store });
    return;
  }
  switch (operation.kind) {
    case 'make-output':
      if (answer !== 'ok') return decideOutcome(state, job, 'failing', outputExists(job));
      return operate(state, makeTemporary(job));
    case 'make-temporary':
      if (answer !== 'ok')
        return decideOutcome(state, job, 'failing', storeRefused(operation, answer));
      job.prepared = true;
      state.placeable = true;
      return;
    case 'publish':
      assert(task !== null, 'a publish belongs to a task');
      return onPublished(state, task, operation, answer);
    case 'make-success':
    case 'delete-temporary':
    case 'delete-output':
      if (answer === 'ok') return nextStep(state, job, operation.kind);
      // The outcome is decided: somebody has to let this happen.
      state.storeRetries.push({ at: now + state.timing.storeRetry, store });
      return;
    case 'upload':
      return assert(false, 'the primary uploads nothing');
    default:
      return unreachable(operation);
  }
}

/** An outcome makes the preparations and publications of a job pointless. */
function isStillWanted(job: Job, operation: StoreOperation): boolean {
  switch (operation.kind) {
    case 'make-output':
    case 'make-temporary':
    case 'publish':
    case 'upload':
      return job.status === 'running';
    case 'make-success':
    case 'delete-temporary':
    case 'delete-output':
      return true;
    default:
      return unreachable(operation);
  }
}

// -------------------------------------------------------------------- preparing and publishing

/** Makes the directories that attempts upload into; nobody else makes any. */
export function prepare(state: PrimaryState, job: Job): void {
  const { job: id, output } = job.plan;
  operate(state, { job, operation: { kind: 'make-output', output, job: id }, task: null });
}

function makeTemporary(job: Job): StoreTask {
  const { job: id, output } = job.plan;
  return { job, operation: { kind: 'make-temporary', output, job: id }, task: null };
}

export function beginPublishing(state: PrimaryState, task: Task): void {
  const { job, winner } = task;
  assert(winner !== null, 'only a winner is published');
  const { attempt, part } = winner;
  const { output } = job.plan;
  operate(state, { job, operation: { kind: 'publish', output, attempt, part }, task });
}

function onPublished(
  state: PrimaryState,
  task: Task,
  operation: StoreOperation,
  answer: StoreAnswer,
): void {
  const { job } = task;
  if (answer === 'taken') return decideOutcome(state, job, 'failing', outputTaken(task));
  if (answer !== 'ok') {
    return decideOutcome(state, job, 'failing', storeRefused(operation, answer));
  }
  if (task.published) return;
  task.published = true;
  job.published++;
  if (job.published === partsOf(job.plan)) decideOutcome(state, job, 'succeeding', null);
}

/** A job without a single part, which an input without files makes, is done when it is prepared. */
export function succeedIfEmpty(state: PrimaryState, job: Job): void {
  if (partsOf(job.plan) === 0 && job.prepared) decideOutcome(state, job, 'succeeding', null);
}

// -------------------------------------------------------------------- outcomes

/** Decides how the job ends. The first outcome in the journal stands. */
export function decideOutcome(
  state: PrimaryState,
  job: Job,
  outcome: 'succeeding' | 'failing' | 'cancelling',
  error: TaskError | null,
): void {
  if (job.status !== 'running' || job.outcomeDeciding) return;
  job.outcomeDeciding = true;
  decide(state, { kind: 'job-outcome', job: job.plan.job, outcome, error });
}

/** The outcome is in the journal: stop everything, then do what it asks for. */
export function onOutcome(state: PrimaryState, entry: JobOutcome): void {
  const job = state.jobsById.get(entry.job);
  if (job !== undefined) beginEnding(state, job);
}

function beginEnding(state: PrimaryState, job: Job): void {
  assert(job.status !== 'running', 'a job ends with an outcome');
  job.outcomeDeciding = false;
  for (const tasks of [job.maps, job.reduces]) {
    for (const task of tasks) {
      unqueue(state, task);
      for (const live of task.live.slice()) revokeAndTell(state, live);
    }
  }
  beginEndingWhenQuiet(state, job);
}

/**
 * What is still under way at the store might make what is about to be deleted: it is waited for.
 * What was given up as unclear is swept later, when it cannot take effect any more.
 */
function beginEndingWhenQuiet(state: PrimaryState, job: Job): void {
  if (job.endingBegun || job.storeUnderWay > 0) return;
  job.endingBegun = true;
  if (job.status !== 'succeeding') return deleteTemporary(state, job);
  const { job: id, output } = job.plan;
  operate(state, { job, operation: { kind: 'make-success', output, job: id }, task: null });
}

function deleteTemporary(state: PrimaryState, job: Job): void {
  const { job: id, output } = job.plan;
  operate(state, { job, operation: { kind: 'delete-temporary', output, job: id }, task: null });
}

function nextStep(
  state: PrimaryState,
  job: Job,
  done: 'make-success' | 'delete-temporary' | 'delete-output',
): void {
  const { job: id, output } = job.plan;
  if (done === 'make-success') return deleteTemporary(state, job);
  if (done === 'delete-temporary' && job.status !== 'succeeding') {
    // Only now can no late rename find a source and no late upload a directory.
    return operate(state, {
      job,
      operation: { kind: 'delete-output', output, job: id },
      task: null,
    });
  }
  decide(state, { kind: 'job-ended', job: id, status: finalStatus(job) });
}

function finalStatus(job: Job): JobEnded['status'] {
  switch (job.status) {
    case 'succeeding':
      return 'succeeded';
    case 'failing':
      return 'failed';
    case 'cancelling':
      return 'cancelled';
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      assert(false, 'a job that ends has an outcome');
      return 'failed';
    default:
      return unreachable(job.status);
  }
}

/** The end is in the journal. `job` is the record as it was before the entry was applied. */
export function onEnded(state: PrimaryState, now: Microseconds, job: Job): void {
  for (const replica of job.workers) {
    forgetHeldForJob(replica, job);
    if (replica.status === 'lost') continue;
    replica.endedJobs.push({ job: job.plan.job, sentIn: Number.POSITIVE_INFINITY });
  }
  scheduleSweep(state, now, job.plan.output, job);
  tellClient(state, job.client, job.plan.job);
}

/**
 * What was sent and never answered, or a second copy of what was, may still make a directory; it is
 * deleted once more when nothing that was sent for the job can take effect any more.
 */
export function scheduleSweep(
  state: PrimaryState,
  now: Microseconds,
  output: string,
  { plan, status }: { plan: { job: JobId }; status: Job['status'] },
): void {
  const at = now + state.timing.storeDelayMax;
  const { job } = plan;
  state.sweeps.push({ at, operation: { kind: 'delete-temporary', output, job } });
  if (status !== 'succeeding' && status !== 'succeeded') {
    state.sweeps.push({ at, operation: { kind: 'delete-output', output, job } });
  }
}

/** Takes up, in a new epoch, what the journal does not say is done. */
export function resume(state: PrimaryState, job: Job): void {
  if (job.status !== 'running') return beginEnding(state, job);
  const failed = [...job.maps, ...job.reduces].find(
    (task) => task.failures.length >= state.timing.attemptsPerTask && !isDone(task),
  );
  if (failed !== undefined) return decideOutcome(state, job, 'failing', failed.error);
  prepare(state, job);
  for (const task of committingTasks(job)) if (task.winner !== null) beginPublishing(state, task);
}

// -------------------------------------------------------------------- errors

function outputExists(job: Job): TaskError {
  return {
    code: 'LISPING_E_OUTPUT_EXISTS',
    message: `the output ${job.plan.output} exists already`,
  };
}

function outputTaken(task: Task): TaskError {
  return {
    code: 'LISPING_E_OUTPUT_TAKEN',
    message: `the part of ${task.kind} task ${task.index} exists already, with other content`,
  };
}

function storeRefused(operation: StoreOperation, answer: StoreAnswer): TaskError {
  return {
    code: 'LISPING_E_OUTPUT_WRITE',
    message: `the output store answered ${operation.kind} with ${answer}`,
  };
}
