// `run()` of the public API: what `lisping run` does, for programs. A loop over a job is a program
// around this function.
import { isPipeline, type Job, type Pipeline } from '@lisping/core';
import { planOutput } from '../output/output-plan.ts';
import { runJobs, SPLIT_BYTES_DEFAULT, type RunResult } from './run-jobs.ts';

/** What a run needs beside its job. */
export interface RunOptions {
  /** Files, directories, patterns or comma lists; none for a job with a `source`. */
  readonly input?: string | readonly string[];
  /** A directory that does not exist yet. */
  readonly output: string;
  /** Number of reduce tasks; the job's own when left out, else 1. */
  readonly reduces?: number;
  /** Bytes in a split; 128 MiB when left out. */
  readonly splitBytes?: number;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Replace an output directory that exists. */
  readonly overwrite?: boolean;
}

/**
 * Runs a job on this machine and gives its parts and counters.
 *
 * @example
 * const { parts } = await run(wordCount, { input: 'books', output: 'counts' });
 */
export async function run(job: Job | Pipeline, options: RunOptions): Promise<RunResult> {
  const { input = [], output, reduces, splitBytes, parameters, overwrite } = options;
  return await runJobs({
    jobs: isPipeline(job) ? job.jobs : [job],
    jobFile: '',
    inputs: typeof input === 'string' ? [input] : input,
    plan: planOutput(output, overwrite ?? false),
    splitBytes: splitBytes ?? SPLIT_BYTES_DEFAULT,
    reduces,
    parameters: parameters ?? {},
    onPass: () => undefined,
    events: { tasks: () => undefined, retry: () => undefined },
    // What timers and promises throw belongs to the program around us.
    beforeCommit: () => Promise.resolve(),
  });
}
