/**
 * A workload as a model: jobs of tasks that take a given time and give so many bytes, instead of
 * user code and records. The protocol that runs it is the real one.
 */
import { jobId } from '@lisping/core';
import type { JobSpec, Microseconds } from '@lisping/core';

/** The maps, or the reduces, of one job. */
export interface ModelTasks {
  readonly count: number;
  /**
   * How long the user's code of each task takes on a healthy node, by the task's number; the last
   * one stands for all tasks that follow.
   */
  readonly durations: readonly Microseconds[];
}

export interface ModelJob {
  /** No other job of the workload has the same. */
  readonly id: string;
  /** The client submits it this long after its own start. */
  readonly after: Microseconds;
  readonly maps: ModelTasks;
  /** None makes the job map-only. */
  readonly reduces: ModelTasks;
  /** What all tasks together read, shuffle and write, spread evenly over them. */
  readonly inputBytes: number;
  readonly shuffleBytes: number;
  readonly outputBytes: number;
}

export interface ModelWorkload {
  readonly name: string;
  readonly jobs: readonly ModelJob[];
}

export function durationAt({ durations }: ModelTasks, task: number): Microseconds {
  return durations[Math.min(task, durations.length - 1)] ?? 0;
}

/** How many of these tasks there are, how long they take together, and the longest of them. */
export function totalOf(tasks: ModelTasks): { sum: Microseconds; longest: Microseconds } {
  let sum = 0;
  let longest = 0;
  for (let task = 0; task < tasks.count; task++) {
    const duration = durationAt(tasks, task);
    sum += duration;
    if (duration > longest) longest = duration;
  }
  return { sum, longest };
}

/** What the client submits. */
export function specOf(job: ModelJob): JobSpec {
  return {
    job: jobId(job.id),
    inputs: ['model'],
    splitBytes: Math.ceil(job.inputBytes / Math.max(1, job.maps.count)),
    reduces: job.reduces.count,
    output: `output/${job.id}`,
    code: 0,
  };
}
