/**
 * What an entry of the journal means. This is the only place that changes what is marked
 * *journaled* in state.ts, and it is the same for an entry just written and for one read back:
 * a successor that applies the same entries knows the same decisions.
 */
import { unreachable } from '../../errors/assert.ts';
import { checksumsDigest, versionElement } from '../digest.ts';
import type { JobId } from '../ids.ts';
import { withItem } from '../lists.ts';
import type { JobEnded, JournalEntry, MapWon, PartWon } from '../journal-entries.ts';
import type { TaskCounters } from '../plan.ts';
import { replicaRecord } from './replicas.ts';
import { committingTasks, createJob, taskOf } from './state.ts';
import type { Job, PrimaryState, Task } from './state.ts';

/** Applies one entry. `here` says that this epoch decided it, rather than read it. */
export function apply(state: PrimaryState, entry: JournalEntry, here: boolean): void {
  switch (entry.kind) {
    case 'adoption':
      return;
    case 'replica-joined':
      replicaRecord(state, entry.replica).listed = true;
      return;
    case 'replica-lost':
      replicaRecord(state, entry.replica).listed = false;
      return;
    case 'job-submitted': {
      const job = createJob(++state.lastJob, entry.plan, entry.client, here);
      state.jobs.push(job);
      state.jobsById.set(entry.plan.job, job);
      return;
    }
    case 'job-refused': {
      const { status, error } = entry;
      const progress = { maps: 0, mapsDone: 0, reduces: 0, reducesDone: 0 };
      state.ended.set(entry.job, { status, error, counters: null, progress, client: null });
      return;
    }
    case 'map-won':
      return applyMapWon(state, entry);
    case 'part-won':
      return applyPartWon(state, entry);
    case 'attempt-failed': {
      const task = taskNamed(state, entry.attempt);
      if (task === undefined) return;
      task.failures = withItem(task.failures, entry.attempt);
      task.error = entry.error;
      return;
    }
    case 'process-lost': {
      const task = taskNamed(state, entry.attempt);
      if (task !== undefined) task.processesLost = withItem(task.processesLost, entry);
      return;
    }
    case 'job-outcome': {
      const job = state.jobsById.get(entry.job);
      // The first outcome stands.
      if (job === undefined || job.status !== 'running') return;
      job.status = entry.outcome;
      job.error = entry.error;
      return;
    }
    case 'job-ended':
      return applyJobEnded(state, entry);
    default:
      return unreachable(entry);
  }
}

function taskNamed(state: PrimaryState, attempt: MapWon['attempt']): Task | undefined {
  const job = state.jobsById.get(attempt.job);
  return job === undefined ? undefined : taskOf(job, attempt);
}

function applyMapWon(state: PrimaryState, entry: MapWon): void {
  const task = taskNamed(state, entry.attempt);
  if (task === undefined) return;
  const { attempt, version, checksums, counters } = entry;
  const { job, canonical, index } = task;
  if (canonical === null) job.mapsWon++;
  else {
    job.versionsDigest = (job.versionsDigest - versionElement(index, canonical.version)) | 0;
  }
  job.versionsDigest = (job.versionsDigest + versionElement(index, version)) | 0;
  const digest = checksumsDigest(checksums);
  task.canonical = { attempt, version, checksums, checksumsDigest: digest, counters };
}

function applyPartWon(state: PrimaryState, entry: PartWon): void {
  const task = taskNamed(state, entry.attempt);
  if (task === undefined || task.winner !== null) return;
  const { attempt, part, counters } = entry;
  task.winner = { attempt, part, counters };
  task.job.winners++;
}

function applyJobEnded(state: PrimaryState, entry: JobEnded): void {
  const job = state.jobsById.get(entry.job);
  if (job === undefined) return;
  state.ended.set(entry.job, {
    status: entry.status,
    error: job.error,
    counters: entry.status === 'succeeded' ? sumCounters(job) : null,
    progress: progressOf(job),
    client: job.client,
  });
  state.jobsById.delete(entry.job);
  state.jobs = state.jobs.filter((other) => other !== job);
}

/** How far a job is. */
export function progressOf(job: Job): {
  maps: number;
  mapsDone: number;
  reduces: number;
  reducesDone: number;
} {
  const { reduces, splits } = job.plan;
  const mapOnly = reduces === 0;
  return {
    maps: splits.length,
    mapsDone: mapOnly ? job.winners : job.mapsWon,
    reduces,
    reducesDone: mapOnly ? 0 : job.winners,
  };
}

/** The counters of a job: the sum over its winning attempts. */
function sumCounters(job: Job): TaskCounters {
  // Without a prototype: a counter may be named like one of Object's own members.
  const sums = Object.create(null) as Record<string, number>;
  const add = (counters: TaskCounters): void => {
    for (const name of Object.keys(counters))
      sums[name] = (sums[name] ?? 0) + (counters[name] ?? 0);
  };
  for (const task of job.maps) if (task.canonical !== null) add(task.canonical.counters);
  for (const task of committingTasks(job)) if (task.winner !== null) add(task.winner.counters);
  return sums;
}

/** What a client hears of a job that is not known. */
export function isKnown(state: PrimaryState, job: JobId): boolean {
  return state.jobsById.has(job) || state.ended.has(job) || state.deciding.has(job);
}
