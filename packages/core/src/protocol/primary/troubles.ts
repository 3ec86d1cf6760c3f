/**
 * Reducers that cannot get their segments: is it the segment, the source, or the reporter?
 */
import { unreachable } from '../../errors/assert.ts';
import { nodeId } from '../ids.ts';
import type { NodeId } from '../ids.ts';
import type { FetchTrouble } from '../messages.ts';
import { findLive, revokeAndTell } from './attempts.ts';
import { loseEverythingAt, withdrawPlace } from './places.ts';
import { answerCurrent, replicaRecord, tellUnwanted } from './replicas.ts';
import { taskOf } from './state.ts';
import type { LiveAttempt, PrimaryState, ReplicaRecord } from './state.ts';

export function onFetchTrouble(state: PrimaryState, from: NodeId, message: FetchTrouble): void {
  const reporter = replicaRecord(state, from);
  if (message.incarnation < reporter.incarnation) return answerCurrent(state, from);
  if (message.incarnation > reporter.incarnation) return;
  const live = findLive(reporter, message.attempt);
  const source = state.replicas.get(nodeId(message.source));
  if (live === undefined || live.ended || source === undefined) return;
  // What an earlier life did not answer says nothing about this one.
  if (message.sourceLife < source.incarnation) return;
  switch (message.problem) {
    case 'damaged':
      live.damagedFrom ??= new Set();
      live.damagedFrom.add(source.id);
      // Whoever finds everybody's bytes damaged is better not believed.
      if (live.damagedFrom.size >= state.timing.sourcesPerReporter) return blame(state, live);
      return withdrawAll(state, source, message);
    case 'missing':
      return withdrawAll(state, source, message);
    case 'unreachable':
      return onUnreachable(state, live, source, message.failures);
    default:
      return unreachable(message.problem);
  }
}

function onUnreachable(
  state: PrimaryState,
  live: LiveAttempt,
  source: ReplicaRecord,
  failures: number,
): void {
  // Whether it lives is decided by its heartbeats; while it is silent that is being found out.
  if (source.status !== 'member') return;
  live.troubles ??= new Map();
  live.troubles.set(source.id, failures);
  if (isReporterAtFault(state, live)) return blame(state, live);
  if (isSourceAtFault(state, live, source)) abandonSource(state, source);
}

/** The reporter is at fault: its task goes elsewhere, and no failure is counted. */
function blame(state: PrimaryState, live: LiveAttempt): void {
  live.task.avoid = [live.replica.id];
  revokeAndTell(state, live);
}

/** Troubles of this attempt with sources that nobody else complains about. */
function isReporterAtFault(state: PrimaryState, live: LiveAttempt): boolean {
  const { troubles } = live;
  if (troubles === null || troubles.size < state.timing.sourcesPerReporter) return false;
  let alone = 0;
  for (const [source, failures] of troubles) {
    // One failure may be chance, and a source that is silent may be about to be lost.
    if (failures < 2) continue;
    if (state.replicas.get(source)?.status === 'member' && !othersComplain(live, source)) alone++;
  }
  return alone >= state.timing.sourcesPerReporter;
}

/** It beats, and cannot be read from: that is believed after a few failures in a row. */
function isSourceAtFault(state: PrimaryState, live: LiveAttempt, source: ReplicaRecord): boolean {
  const failures = live.troubles?.get(source.id) ?? 0;
  return failures >= state.timing.fetchFailuresPerSource;
}

function othersComplain(live: LiveAttempt, source: NodeId): boolean {
  for (const task of live.task.job.reduces) {
    for (const other of task.live) {
      if (other.replica !== live.replica && other.troubles?.has(source)) return true;
    }
  }
  return false;
}

/** Nobody can read from it: every output it holds that is still needed is made again elsewhere. */
function abandonSource(state: PrimaryState, source: ReplicaRecord): void {
  for (const { job, attempts } of source.held) {
    for (const attempt of attempts) {
      tellUnwanted(source, attempt);
      const task = taskOf(job, attempt);
      if (task !== undefined) task.avoid = [source.id];
    }
  }
  loseEverythingAt(state, source);
  for (const job of state.jobs) {
    for (const task of job.reduces) {
      for (const live of task.live) live.troubles?.delete(source.id);
    }
  }
}

/** The segments are bad wherever they are read from: those maps are run again. */
function withdrawAll(state: PrimaryState, source: ReplicaRecord, message: FetchTrouble): void {
  for (const attempt of message.outputs) withdraw(state, source, attempt);
}

function withdraw(
  state: PrimaryState,
  source: ReplicaRecord,
  attempt: FetchTrouble['attempt'],
): void {
  const job = state.jobsById.get(attempt.job);
  const task = job === undefined ? undefined : taskOf(job, attempt);
  if (task === undefined || !task.places.some((place) => place.replica === source)) return;
  tellUnwanted(source, attempt);
  withdrawPlace(state, source, attempt);
}
