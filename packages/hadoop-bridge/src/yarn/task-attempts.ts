// The tasks of a job that has ended and the attempts at them, as the history server tells them.
import * as v from 'valibot';
import type { JobSource } from './mapreduce-job.ts';
import { ask, shaped } from './rest.ts';

export interface Task {
  readonly id: string;
  readonly kind: 'map' | 'reduce';
  /** From 0. */
  readonly number: number;
  readonly succeeded: boolean;
}

export interface TaskAttempt {
  readonly id: string;
  readonly state: string;
  /** The exception, or why it was killed. */
  readonly diagnostics: string;
  /** `host:port` of the node's web server. */
  readonly node: string;
  readonly container: string;
  readonly elapsedMs: number;
}

/** Null when the history server does not know the job: not yet, or not any more. */
export async function tasksOf(source: JobSource, job: string): Promise<Task[] | null> {
  const path = `${source.path}/jobs/${job}/tasks`;
  const found = shaped(TASKS, await ask(source.service, { path }));
  if (found === null) return null;
  return (found.tasks?.task ?? []).map(({ id, type, successfulAttempt }) => ({
    id,
    kind: type === 'REDUCE' ? 'reduce' : 'map',
    number: Number(id.slice(id.lastIndexOf('_') + 1)),
    succeeded: successfulAttempt !== '',
  }));
}

/** In the order in which they were made. */
export async function attemptsOf(
  source: JobSource,
  job: string,
  task: string,
): Promise<TaskAttempt[]> {
  const path = `${source.path}/jobs/${job}/tasks/${task}/attempts`;
  const found = shaped(ATTEMPTS, await ask(source.service, { path }));
  const attempts = found?.taskAttempts?.taskAttempt ?? [];
  return attempts
    .map((attempt) => ({
      id: attempt.id,
      state: attempt.state,
      diagnostics: attempt.diagnostics,
      node: attempt.nodeHttpAddress,
      container: attempt.assignedContainerId,
      elapsedMs: attempt.elapsedTime,
    }))
    .sort((one, other) => numberOf(one.id) - numberOf(other.id));
}

function numberOf(attempt: string): number {
  return Number(attempt.slice(attempt.lastIndexOf('_') + 1));
}

const TASKS = v.object({
  tasks: v.nullish(
    v.object({
      task: v.optional(
        v.array(
          v.object({
            id: v.string(),
            type: v.string(),
            successfulAttempt: v.optional(v.string(), ''),
          }),
        ),
      ),
    }),
  ),
});

const ATTEMPTS = v.object({
  taskAttempts: v.nullish(
    v.object({
      taskAttempt: v.optional(
        v.array(
          v.object({
            id: v.string(),
            state: v.string(),
            diagnostics: v.optional(v.string(), ''),
            nodeHttpAddress: v.optional(v.string(), ''),
            assignedContainerId: v.optional(v.string(), ''),
            elapsedTime: v.optional(v.number(), 0),
          }),
        ),
      ),
    }),
  ),
});
