/** Attempts and tasks as integers, for the keys of draws. */
import { jobHash } from '@lisping/core';
import type { AttemptId, JobId, TaskKind } from '@lisping/core';
import { mixKey } from './draws.ts';

let lastJob: JobId | null = null;
let lastHash = 0;

function hashOf(job: JobId): number {
  // Most keys in a row are about one job, and its hash is a pure function of its name.
  if (job !== lastJob) {
    lastHash = jobHash(job);
    lastJob = job;
  }
  return lastHash;
}

export function taskKey({ job, kind, task }: AttemptId): number {
  return taskKeyOf(job, kind, task);
}

function taskKeyOf(job: JobId, kind: TaskKind, task: number): number {
  return mixKey(hashOf(job), task * 2 + (kind === 'map' ? 0 : 1));
}

export function attemptKey(attempt: AttemptId): number {
  return mixKey(mixKey(taskKey(attempt), attempt.epoch), attempt.number);
}
