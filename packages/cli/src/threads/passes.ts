// A pipeline is simulated pass by pass, the parts of one being the input of the next; a single job is
// a pipeline of one. The results are added up, so that printing needs no second form.
import { createHash } from 'node:crypto';
import type { AnyJob } from '@lisping/core';
import { partName, reducesOf } from '@lisping/runtime';
import {
  simulate,
  simulateModel,
  type ModelSummary,
  type ModelWorkload,
  type SimulationOptions,
  type SimulationResult,
} from '@lisping/sim';
import type { SimInput, SimSetting } from './sim-setting.ts';

/** The options that are the same for every pass. */
export interface SharedOptions extends Omit<
  SimulationOptions,
  | 'job'
  | 'jobName'
  | 'inputs'
  | 'reduces'
  | 'splitBytes'
  | 'makespan'
  | 'trace'
  | 'faults'
  | 'knobs'
> {
  readonly faultsOf: FaultsOfPass;
  readonly knobsOf: KnobsOfPass;
}

/** Who hears the trace of a pass, counted from 0; null: nobody. */
export type TraceOfPass = (pass: number) => SimulationOptions['trace'] | null;

/** The faults of a pass. */
export type FaultsOfPass = (pass: number) => SimulationOptions['faults'];

/** The knobs of a pass. */
export type KnobsOfPass = (pass: number) => NonNullable<SimulationOptions['knobs']>;

export interface PassesResult {
  /** Of the passes that were run; the last one failed, or it is the last of all. */
  readonly results: readonly SimulationResult[];
  /** Added up. */
  readonly total: SimulationResult;
  /** What the last of them was given; null for a model, which is no pass of a job. */
  readonly last: SimulationOptions | null;
  /** Of a workload model; null for jobs. */
  readonly model: ModelSummary | null;
}

/** A job that was cancelled, or failed, in every schedule has none, not even an empty one. */
export function hasOutput({ schedules, cancelled, failedJobs }: SimulationResult): boolean {
  return cancelled + failedJobs < schedules;
}

/** Simulates the passes until one does not pass, or leaves nothing for the next. */
export function simulatePasses(
  { jobs, inputs, reduces, splitBytes }: SimSetting,
  { faultsOf, knobsOf, ...shared }: SharedOptions,
  makespans: readonly number[],
  traceOf: TraceOfPass,
): PassesResult {
  const results: SimulationResult[] = [];
  let last: SimulationOptions | null = null;
  let passInputs: readonly SimInput[] = inputs;
  for (const [pass, job] of jobs.entries()) {
    const makespan = makespans[pass];
    const trace = traceOf(pass) ?? null;
    last = {
      ...shared,
      faults: faultsOf(pass),
      knobs: knobsOf(pass),
      job,
      jobName: job.name,
      inputs: passInputs,
      reduces: reducesOf(job, reduces ?? undefined, jobs.length > 1),
      splitBytes,
      ...(makespan === undefined ? {} : { makespan }),
      ...(trace === null ? {} : { trace }),
    };
    const result = simulate(last);
    results.push(result);
    if (result.verdict !== 'passed' || !hasOutput(result)) break;
    passInputs = partsAsInputs(result, pass);
  }
  if (last === null) throw new Error('a pipeline has at least one pass');
  return { model: null, results, total: added(results, jobs), last };
}

/** Simulates a workload model, as if it were a single pass. */
export function simulateWorkload(
  workload: ModelWorkload,
  shared: SharedOptions,
  [makespan]: readonly number[],
  traceOf: TraceOfPass,
): PassesResult {
  const { replicas, slots, failRate, seed, schedules, keepGoing, faultsOf, onSchedule } = shared;
  const trace = traceOf(0) ?? null;
  const { model, ...result } = simulateModel({
    workload,
    replicas,
    slots,
    failRate,
    seed,
    schedules,
    keepGoing,
    faults: faultsOf(0),
    ...(makespan === undefined ? {} : { makespan }),
    ...(trace === null ? {} : { trace }),
    ...(onSchedule === undefined ? {} : { onSchedule }),
  });
  return { results: [result], total: result, last: null, model };
}

function partsAsInputs({ output }: SimulationResult, pass: number): SimInput[] {
  return output.parts.map((bytes, part) => ({ path: `pass-${pass}/${partName(part)}`, bytes }));
}

function added(results: readonly SimulationResult[], jobs: readonly AnyJob[]): SimulationResult {
  const last = results.at(-1);
  if (last === undefined) throw new Error('a pipeline has at least one pass');
  if (results.length === 1) return last;
  return {
    ...last,
    events: sum(results, (result) => result.events),
    simulatedMicroseconds: sum(results, (result) => result.simulatedMicroseconds),
    faults: addedCounts(results.map((result) => result.faults)),
    missedFaults: sum(results, (result) => result.missedFaults),
    broughtBack: sum(results, (result) => result.broughtBack),
    cancelled: sum(results, (result) => result.cancelled),
    failedJobs: sum(results, (result) => result.failedJobs),
    tasks: { map: addedTasks(results, 'map'), reduce: addedTasks(results, 'reduce') },
    traceHash: hashOfHashes(results.map((result) => result.traceHash)),
    checks: results.flatMap((result, pass) =>
      result.checks.map((check) => ({
        ...check,
        title: `${jobs[pass]?.name ?? ''}: ${check.title}`,
      })),
    ),
  };
}

function addedTasks(
  results: readonly SimulationResult[],
  kind: 'map' | 'reduce',
): SimulationResult['tasks']['map'] {
  return {
    total: sum(results, (result) => result.tasks[kind].total),
    attempts: sum(results, (result) => result.tasks[kind].attempts),
    lost: sum(results, (result) => result.tasks[kind].lost),
  };
}

function addedCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const counts of all) {
    for (const [kind, count] of Object.entries(counts)) totals[kind] = (totals[kind] ?? 0) + count;
  }
  return totals;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function hashOfHashes(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join('')).digest('hex').slice(0, 16);
}
