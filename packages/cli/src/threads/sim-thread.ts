// The thread behind `lisping sim` and `lisping replay`: loads the job, simulates, keeps what was asked
// for, and makes the replay id.
import { isLispingError, LispingError } from '@lisping/core';
import {
  answerAsThread,
  commitOutput,
  createPart,
  discardOutput,
  partName,
  prepareOutput,
  reducesOf,
  type OutputPlan,
  type Part,
} from '@lisping/runtime';
import {
  NO_KNOBS,
  parseFaults,
  smallOptions,
  swarmFaults,
  swarmKnobs,
  type Fault,
  type Knobs,
  type SimulationResult,
} from '@lisping/sim';
import { printableReplayId } from '../replay/id.ts';
import type { ReplayRecord } from '../replay/record.ts';
import { type RegressionTest, writeRegressionTest } from '../replay/regression-test.ts';
import { readFaultsFile } from './faults-file.ts';
import { SLOTS } from '../report/report-file.ts';
import {
  hasOutput,
  simulatePasses,
  simulateWorkload,
  type FaultsOfPass,
  type KnobsOfPass,
  type PassesResult,
  type SharedOptions,
} from './passes.ts';
import { nondeterminismOf } from './nondeterminism.ts';
import { shrinkFailure } from './shrink-failure.ts';
import { hashOf } from './file-hash.ts';
import { settingOf, type SimSetting } from './sim-setting.ts';
import type { SimProgress, SimReply, SimTask, SimTitle, SimWork } from './sim-task.ts';
import { discardWatched, Watching } from './watching.ts';

async function simulated(
  task: SimWork,
  setting: SimSetting,
  faults: SimFaults,
  title: SimTitle,
  progress: (progress: SimProgress) => void,
  settled: () => Promise<void>,
): Promise<SimReply> {
  const began = performance.now();
  const { workload } = setting;
  const watching = new Watching(task);
  const shared: SharedOptions = {
    replicas: task.replicas,
    slots: SLOTS,
    ...worldOf(task),
    failRate: task.failRate,
    seed: task.seed,
    schedules: task.schedules,
    keepGoing: task.keepGoing,
    faultsOf: (pass) => faultsOfPass(faults, pass),
    knobsOf: (pass) => knobsOfPass(task, faults, pass),
    parameters: task.parameters,
    memo: task.memo,
    onSchedule: rarely((done) => progress({ kind: 'schedules', done })),
  };
  const makespans = makespansOf(task);
  const run =
    workload === null
      ? simulatePasses(setting, shared, makespans, watching.traceOf)
      : simulateWorkload(workload.model, shared, makespans, watching.traceOf);
  const simulationMilliseconds = performance.now() - began;
  watching.finishTrace();
  refuseOtherCourse(task, run);
  // What the job left to timers and promises must be known before any output appears.
  await settled();
  const reply = { ...replyOf(task, setting, faults, title, run), simulationMilliseconds };
  if (task.asTest !== null) writeRegressionTest(task.asTest, regressionOf(task, setting, run));
  const hasFailed = reply.verdict !== 'passed';
  if (task.checkDeterminism || (hasFailed && task.shrink)) {
    const error = await nondeterminismOf(run, setting);
    // What differs from run to run can be neither replayed nor made smaller.
    if (error !== null) {
      watching.finishReport({ ...reply, ...error }, run.results);
      return { ...reply, ...error };
    }
  }
  if (!task.shrink || !hasFailed) {
    watching.finishReport(reply, run.results);
    return reply;
  }
  progress({ kind: 'failed', reply });
  const found = shrinkFailure({
    run,
    record: recordOf(task, setting, faults, run.results),
    inPipeline: setting.jobs.length > 1,
    onShare: (share) => progress({ kind: 'shrinking', share }),
    onSmaller: (smaller) => progress({ kind: 'failed', reply: { ...reply, shrunk: smaller } }),
  });
  if (found !== null && run.last !== null) {
    watching.addMinimal(run.last, found.small, found.reply.replay);
  }
  const shrunk = found?.reply ?? null;
  watching.finishReport({ ...reply, shrunk }, run.results);
  return { ...reply, shrunk };
}

/** What is other in the small world than it is by default. */
function worldOf({ small }: SimTask): object {
  if (small === null) return {};
  const { slots, timing, world } = smallOptions(small);
  return { slots, timing, world };
}

/** Null: drawn from the rate. What was drawn before is a list of one pass alone. */
type SimFaults =
  readonly Fault[] | 'swarm' | { readonly pass: number; readonly drawn: readonly Fault[] } | null;

function faultsOf(task: SimTask): SimFaults {
  const generator = task.replay?.record.generator;
  if (generator?.kind === 'list') {
    const faults = parseFaults(generator.faults, task.replicas);
    return generator.drawnFor === undefined ? faults : { pass: generator.drawnFor, drawn: faults };
  }
  switch (task.faults.kind) {
    case 'rate':
      return null;
    case 'swarm':
      return 'swarm';
    case 'file':
      return parseFaults(readFaultsFile(task.faults.path), task.replicas);
  }
}

function faultsOfPass(faults: SimFaults, pass: number): ReturnType<FaultsOfPass> {
  if (faults === 'swarm') return swarmFaults;
  if (faults === null || !('drawn' in faults)) return faults;
  return () => (pass === faults.pass ? faults.drawn : []);
}

/** What was drawn with the faults goes with them. */
function knobsOfPass(
  { replay }: SimTask,
  faults: SimFaults,
  pass: number,
): ReturnType<KnobsOfPass> {
  if (faults === 'swarm') return swarmKnobs;
  const generator = replay?.record.generator;
  if (generator?.kind !== 'list' || (generator.drawnFor ?? pass) !== pass) return NO_KNOBS;
  return generator.knobs ?? NO_KNOBS;
}

function makespansOf({ replay }: SimTask): readonly number[] {
  const generator = replay?.record.generator;
  return generator?.kind === 'fail-rate' ? generator.makespans : [];
}

function titleOf(
  task: SimTask,
  { jobs, reduces, workload }: SimSetting,
  faults: SimFaults,
): SimTitle {
  return {
    job: workload?.model.name ?? jobs.map((job) => job.name).join(' + '),
    seed: task.seed,
    replicas: task.replicas,
    failRate: task.failRate,
    faults: titleFaults(faults),
    passes: jobs.map((job) => ({
      job: job.name,
      reduces: reducesOf(job, reduces ?? undefined, jobs.length > 1),
    })),
  };
}

function titleFaults(faults: SimFaults): SimTitle['faults'] {
  if (faults === 'swarm' || faults === null) return faults;
  return 'drawn' in faults ? faults.drawn.length : faults.length;
}

function replyOf(
  task: SimTask,
  setting: SimSetting,
  faults: SimFaults,
  title: SimTitle,
  { results, total, model }: PassesResult,
): Omit<SimReply, 'simulationMilliseconds'> {
  const { output, error, resolved: _, ...figures } = total;
  const named = error === undefined ? null : located(error, setting);
  const last = results.at(-1);
  const isWhole = total.verdict === 'passed' && last !== undefined && hasOutput(last);
  const parts = task.plan !== null && isWhole ? writeParts(task.plan, total) : [];
  return {
    ...figures,
    title,
    passes: results.map(({ tasks, schedules }) => ({
      maps: tasks.map.total / Math.max(1, schedules),
      schedules,
    })),
    output: { records: output.records, sha256: output.sha256 },
    parts,
    error: named === null ? null : named.toJSON(),
    stack: named?.stack ?? '',
    shrunk: null,
    model,
    replay: printableReplayId(recordOf(task, setting, faults, results)),
    hasInput:
      model !== null ||
      setting.inputs.length > 0 ||
      setting.jobs.some((job) => job.source !== null),
  };
}

function regressionOf(
  task: SimTask,
  setting: SimSetting,
  { results, total, last }: PassesResult,
): RegressionTest {
  if (last === null) {
    throw new LispingError('LISPING_E_USAGE', 'a workload model has no job for --as-test to test');
  }
  const { replicas, slots, reduces, splitBytes, parameters, memo, inputs } = last;
  const inPipeline = setting.jobs.length > 1 || task.replay?.record.pass !== undefined;
  const { seed, faults, knobs } = total.resolved;
  return {
    job: task.job,
    pass: inPipeline ? (task.replay?.record.pass ?? results.length - 1) : null,
    inputs,
    options: { replicas, slots, reduces, splitBytes, parameters, memo },
    knobs,
    seed,
    faults,
    checks: total.checks,
    error: total.error?.code ?? null,
  };
}

/** What it takes to run the first schedule that failed, else the last one, again. */
function recordOf(
  task: SimTask,
  setting: SimSetting,
  faults: SimFaults,
  results: readonly SimulationResult[],
): ReplayRecord {
  return {
    fingerprint: setting.fingerprint,
    job: task.job === null ? null : { path: task.job, hash: setting.jobHash ?? '' },
    ...(task.workload === null
      ? {}
      : { workload: { path: task.workload, hash: setting.workload?.hash ?? '' } }),
    inputs:
      task.job === null && task.inputs.length === 0
        ? (task.replay?.record.inputs ?? [])
        : setting.inputs.map(({ path, bytes }) => ({ path, hash: hashOf(bytes) })),
    replicas: task.replicas,
    reduces: task.reduces,
    splitBytes: task.splitBytes,
    parameters: { ...task.parameters },
    memo: task.memo,
    ...(task.small === null ? {} : { small: task.small }),
    seed: results.at(-1)?.resolved.seed ?? task.seed,
    generator:
      faults === null
        ? {
            kind: 'fail-rate',
            rate: task.failRate,
            makespans: results.map((result) => result.makespan),
          }
        : { ...listOf(faults, results), ...heldKnobs(results) },
    traceHash: traceHashOf(results),
  };
}

function heldKnobs(results: readonly SimulationResult[]): { readonly knobs?: Knobs } {
  const knobs = results.at(-1)?.resolved.knobs ?? NO_KNOBS;
  return Object.keys(knobs).length === 0 ? {} : { knobs };
}

/** What the swarm drew is held as it is, so that another version of the swarm replays it, too. */
function listOf(
  faults: NonNullable<SimFaults>,
  results: readonly SimulationResult[],
): Extract<ReplayRecord['generator'], { kind: 'list' }> {
  if (faults !== 'swarm' && !('drawn' in faults)) return { kind: 'list', faults: [...faults] };
  return {
    kind: 'list',
    faults: results.at(-1)?.resolved.faults ?? [],
    drawnFor: results.length - 1,
  };
}

function traceHashOf(results: readonly SimulationResult[]): string {
  return results.at(-1)?.resolved.traceHash ?? '';
}

/** A verdict on another course says nothing about the run that the id was made from. */
function refuseOtherCourse({ replay }: SimTask, { results }: PassesResult): void {
  if (replay === null || replay.anyway) return;
  const before = replay.record.traceHash;
  const now = traceHashOf(results);
  if (now === before) return;
  throw new LispingError(
    'LISPING_E_REPLAY_TRACE',
    `the trace of the run has the hash ${before}, that of this replay ${now}`,
  );
}

function writeParts(plan: OutputPlan, { output }: SimulationResult): Part[] {
  try {
    prepareOutput(plan);
    const parts = output.parts.map((bytes, task) => {
      const part = createPart(plan, partName(task));
      part.write(bytes);
      return part.finish(linesIn(bytes));
    });
    createPart(plan, '_SUCCESS').finish(0);
    commitOutput(plan);
    return parts;
  } catch (error) {
    discardOutput(plan);
    throw error;
  }
}

const LF = 0x0a;

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

function located(error: LispingError, { places }: SimSetting): LispingError {
  return error.with({ where: places?.find(error) });
}

const PROGRESS_EVERY_MS = 50;

/** Ten thousand schedules must not become ten thousand messages. */
function rarely(tell: (done: number) => void): (done: number) => boolean {
  let last = Number.NEGATIVE_INFINITY;
  return (done) => {
    const now = performance.now();
    if (now - last >= PROGRESS_EVERY_MS) {
      last = now;
      tell(done);
    }
    return true; // Ctrl-C ends the thread from outside
  };
}

// Last, because a module that waits at its top has only what stands above.
await answerAsThread<SimWork, SimProgress, SimReply>(async (task, progress, side) => {
  const setting = await settingOf(task);
  const faults = faultsOf(task);
  const title = titleOf(task, setting, faults);
  progress({ kind: 'started', title });
  try {
    return await simulated(task, setting, faults, title, progress, () => side.settled());
  } catch (error) {
    discardWatched(task);
    throw isLispingError(error) ? located(error, setting) : error;
  }
});
