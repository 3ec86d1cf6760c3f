/**
 * How attempts end at a replica: reported until the primary answers, or dropped because nobody wants
 * them.
 */
import { sameAttempt } from '../ids.ts';
import type { AttemptId, JobId } from '../ids.ts';
import { without, withItem } from '../lists.ts';
import type { ReportAnswer } from '../messages.ts';
import type { Outcome } from '../plan.ts';
import type { Run } from './run.ts';
import { send } from './state.ts';
import type { Ended, ReplicaState } from './state.ts';

/** The attempt has ended here; it is reported until the primary answers. */
export function finish(state: ReplicaState, run: Run, outcome: Outcome): void {
  remove(state, run);
  state.holdings.close(run.attempt);
  if (outcome.kind !== 'mapped') abandon(state, run.attempt);
  const ended = { attempt: run.attempt, outcome };
  state.ended = withItem(state.ended, ended);
  if (state.membership === 'member') report(state, ended);
}

export function sendReports(state: ReplicaState): void {
  const { ended } = state;
  const count = Math.min(ended.length, state.options.timing.page);
  for (let i = 0; i < count; i++) {
    const one = ended[i];
    if (one !== undefined) report(state, one);
  }
}

function report(state: ReplicaState, { attempt, outcome }: Ended): void {
  send(state, {
    kind: 'report',
    epoch: state.epoch,
    incarnation: state.options.incarnation,
    attempt,
    outcome,
  });
}

export function onReportAnswer(state: ReplicaState, { attempt, verdict }: ReportAnswer): void {
  if (!forgetEnded(state, attempt)) return;
  if (verdict === 'journaled') state.holdings.acknowledge(attempt);
  else discard(state, attempt);
}

/** Nobody wants this attempt: it stops, its output goes, and it never starts again. */
export function drop(state: ReplicaState, attempt: AttemptId): void {
  const run = state.runs.find((other) => sameAttempt(other.attempt, attempt));
  if (run !== undefined) {
    remove(state, run);
    abandon(state, attempt);
  }
  forgetEnded(state, attempt);
  discard(state, attempt);
  state.holdings.close(attempt);
}

export function dropJob(state: ReplicaState, job: JobId): void {
  for (const run of state.runs) if (run.attempt.job === job) drop(state, run.attempt);
  state.ended = state.ended.filter((ended) => ended.attempt.job !== job);
  for (const attempt of state.holdings.dropJob(job)) {
    state.effects.push({ kind: 'discard', attempt });
  }
}

/** Stops the work. A map may have stored its segments already, unknown to this machine. */
function abandon(state: ReplicaState, attempt: AttemptId): void {
  state.effects.push({ kind: 'abandon', attempt });
  if (attempt.kind === 'map') state.effects.push({ kind: 'discard', attempt });
}

function discard(state: ReplicaState, attempt: AttemptId): void {
  if (state.holdings.remove(attempt)) state.effects.push({ kind: 'discard', attempt });
}

/** True when its report had not been answered yet. */
function forgetEnded(state: ReplicaState, attempt: AttemptId): boolean {
  const ended = state.ended.find((other) => sameAttempt(other.attempt, attempt));
  if (ended === undefined) return false;
  state.ended = without(state.ended, ended);
  return true;
}

function remove(state: ReplicaState, run: Run): void {
  state.runs = without(state.runs, run);
  state.pending = state.pending.filter((pending) => pending.run !== run);
}
