// `lisping run` as the command line sees it.
import type { RunResult } from '../engine/run-jobs.ts';
import type { RunProgress, RunTask } from './run-thread.ts';
import { supervise, type Supervised, type SupervisorOptions } from './supervise.ts';

/** Runs a job file in a thread. After `stop`, call `discardOutput` with the plan. */
export function runInThread(
  task: RunTask,
  options: SupervisorOptions<RunProgress>,
): Supervised<RunResult> {
  return supervise(new URL('run-thread.js', import.meta.url), task, options);
}
