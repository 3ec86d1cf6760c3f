// Which format reads a job's files. Core cannot know the default, since it imports no format.
import type { AnyJob, InputFormat } from '@lisping/core';
import { lines } from './lines.ts';

/**
 * The format of a job: its own, or `lines()`.
 *
 * @example
 * const parser = inputFormatOf(job).open(split, task.record, task.formatContext);
 */
export function inputFormatOf(job: AnyJob): InputFormat<unknown> {
  return job.input ?? lines();
}
