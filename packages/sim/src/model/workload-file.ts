/** A workload from the text of a file: SWIM's table or SLS's JSON, told apart by how it begins. */
import { LispingError } from '@lisping/core';
import type { ModelJob, ModelWorkload } from './model.ts';
import { parseSls } from './sls.ts';
import { parseSwim } from './swim.ts';

/** More tasks than these are a mistake in the file rather than a wish. */
const TASKS_MAX = 20_000_000;

/**
 * The jobs of a workload file. `name` is the file's, for messages.
 *
 * @throws LISPING_E_WORKLOAD_FILE, naming the file and the line or the entry.
 *
 * @example
 * parseWorkload('job0\t0\t0\t67108864\t1048576\t1024\n', 'one.tsv').jobs.length; // 1
 */
export function parseWorkload(text: string, name: string): ModelWorkload {
  const fail = (what: string): never => {
    throw new LispingError('LISPING_E_WORKLOAD_FILE', `${name}: ${what}`);
  };
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (body.trim() === '') return fail('the file is empty');
  const isJson = /^\s*[[{]/.test(body);
  const jobs = isJson ? parseSls(body, fail) : parseSwim(body, fail);
  if (jobs.length === 0) return fail('the file has no job');
  const tasks = jobs.reduce((sum, { maps, reduces }) => sum + maps.count + reduces.count, 0);
  if (tasks > TASKS_MAX) fail(`${tasks} tasks are more than ${TASKS_MAX}`);
  return { name, jobs: fromTheFirst(jobs) };
}

/** Traces count from some midnight or from 1970; a run counts from its first job. */
function fromTheFirst(jobs: readonly ModelJob[]): ModelJob[] {
  let first = Number.POSITIVE_INFINITY;
  for (const { after } of jobs) first = Math.min(first, after);
  return jobs.map((job) => ({ ...job, after: job.after - first }));
}
