// A whole run: one job, or the passes of a pipeline, each over the parts of the one before; then the
// output appears, all at once.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LispingError, type AnyJob, type Counters } from '@lisping/core';
import type { InputPort } from '../input/input-port.ts';
import { localFiles } from '../input/local-files.ts';
import { commitOutput, discardOutput, prepareOutput } from '../output/output-directory.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { refuseSwallowing } from '../output/refuse-swallowing.ts';
import { createPart, type Part } from '../output/part-file.ts';
import { writing } from '../output/write-errors.ts';
import { countingLeft, leftBehind } from './late-work.ts';
import { runPass, type PassResult, type RunEvents } from './run-pass.ts';
import { refuseWrongInputs } from './wrong-inputs.ts';

export interface RunJobs {
  readonly jobs: readonly AnyJob[];
  /** The file they came from; '' for jobs made by a program. */
  readonly jobFile: string;
  /** Paths as the user gave them: files, directories, patterns, comma lists. */
  readonly inputs: readonly string[];
  /** From `planOutput`, which has already refused what exists. */
  readonly plan: OutputPlan;
  readonly splitBytes: number;
  /** Undefined: each job's own number, else 1. */
  readonly reduces: number | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  /** Told before each pass of a pipeline. */
  readonly onPass: (job: AnyJob, pass: number) => void;
  readonly events: RunEvents;
  /** Waits for what the jobs may have left to timers and promises; no output appears when it throws. */
  readonly beforeCommit: () => Promise<void>;
}

export interface RunResult {
  /** The job's name; those of a pipeline joined by ` + `. */
  readonly job: string;
  /** The output directory as the user wrote it. */
  readonly output: string;
  readonly parts: readonly Part[];
  /** Summed over tasks and passes. */
  readonly counters: Counters;
}

/** Hadoop's block size. */
export const SPLIT_BYTES_DEFAULT: number = 128 * 1024 * 1024;

/** Runs the jobs; on any failure nothing is left behind. */
export async function runJobs(run: RunJobs): Promise<RunResult> {
  const { jobs, plan } = run;
  const reduces = jobs.map((job) => reducesOf(job, run.reduces, jobs.length > 1));
  refuseWrongInputs(run.jobs[0], run.inputs, 'run');
  const files = localFiles.resolve(run.inputs);
  refuseSwallowing(plan, [process.cwd(), run.jobFile, ...files.map((file) => file.path)]);
  try {
    prepareOutput(plan);
    const { result: results, left } = countingLeft(() => runPasses(run, files, reduces));
    // What a timer threw says more than that there was one, so it comes first.
    await run.beforeCommit();
    if (left > 0) throw leftBehind(left);
    const last = results.at(-1);
    if (last === undefined) throw new LispingError('LISPING_E_INTERNAL', 'no pass was run');
    createPart(plan, '_SUCCESS').finish(0);
    commitOutput(plan);
    return {
      job: jobs.map((job) => job.name).join(' + '),
      output: plan.shown,
      parts: last.parts,
      counters: summed(results.map((result) => result.counters)),
    };
  } catch (error) {
    discardOutput(plan);
    throw error;
  }
}

/** A number of reduces for a job that has none is a mistake, unless other passes can use it. */
export function reducesOf(job: AnyJob, wanted: number | undefined, inPipeline: boolean): number {
  if (job.reduce !== null) return wanted ?? job.reduces ?? 1;
  if (wanted === undefined || wanted === 0 || inPipeline) return 0;
  throw new LispingError(
    'LISPING_E_USAGE',
    `--reduces ${wanted}: the job ${job.name} has no reduce`,
    {
      hint: 'A job without reduce prints what map emits. Leave --reduces out, or give the job a reduce.',
    },
  );
}

type Files = ReturnType<InputPort['resolve']>;

function runPasses(run: RunJobs, first: Files, reduces: readonly number[]): PassResult[] {
  const { jobs, plan, splitBytes, parameters, events } = run;
  const results: PassResult[] = [];
  let [port, files] = [localFiles, first];
  jobs.forEach((job, index) => {
    run.onPass(job, index);
    const isLast = index === jobs.length - 1;
    const passPlan = isLast ? plan : intermediate(plan, index);
    const result = runPass({
      job,
      port,
      files,
      splitBytes,
      parameters,
      events,
      reduces: reduces[index] ?? 1,
      plan: passPlan,
    });
    results.push(result);
    [port, files] = outputAsInput(passPlan, result.parts, index);
  });
  return results;
}

/** The parts of a pass that is not the last stay in the workspace. */
function intermediate(plan: OutputPlan, index: number): OutputPlan {
  const parts = join(plan.workspace, passName(index));
  writing(plan.shown, () => mkdirSync(parts));
  return { ...plan, parts };
}

/** The next pass sees `pass-0/part-00000`, and not a workspace whose name is random. */
function outputAsInput(
  plan: OutputPlan,
  parts: readonly Part[],
  index: number,
): [InputPort, Files] {
  const files = parts.map(({ name, bytes }) => ({
    path: `${passName(index)}/${name}`,
    size: bytes,
  }));
  const port: InputPort = {
    resolve: () => files,
    open: (path) => localFiles.open(join(plan.workspace, path)),
  };
  return [port, files];
}

function passName(index: number): string {
  return `pass-${index}`;
}

function summed(all: readonly Counters[]): Counters {
  const totals = new Map<string, number>();
  for (const counters of all) {
    for (const [name, n] of Object.entries(counters)) totals.set(name, (totals.get(name) ?? 0) + n);
  }
  return Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}
