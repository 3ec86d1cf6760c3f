// What `lisping sim` and `lisping replay` share: run the thread, print title, progress and result.
import { ERRORS, LispingError, type ErrorCode } from '@lisping/core';
import { discardOutput } from '@lisping/runtime';
import { failure, interrupted, type Outcome, type Screen } from '../outcome.ts';
import { simSummary, simTitle } from '../print/sim-summary.ts';
import { simulateInThread } from '../threads/simulate-in-thread.ts';
import type { SimProgress, SimReply, SimTask } from '../threads/sim-task.ts';
import { discardWatched } from '../threads/watching.ts';
import { versionText } from '../version.ts';

/** `again` is the command that repeats a run that passed. */
export async function runSimulation(
  task: SimTask,
  again: string,
  screen: Screen,
): Promise<Outcome> {
  const started: Started = { title: {}, schedules: 0, failed: null };
  const work = simulateInThread(
    { ...task, again },
    {
      onProgress: (progress) => show(progress, task, started, screen),
      jobOutput: screen.jobOutput,
    },
  );
  screen.onInterrupt(async () => {
    await work.stop();
    discard(task);
    const { failed } = started;
    if (failed === null) return stopped(task, started);
    return whileShrinking(outcomeOf(failed, task, again, screen));
  });
  try {
    return outcomeOf(await work.result, task, again, screen);
  } catch (error) {
    discard(task); // also when the thread died and could not do it
    if (error instanceof LispingError) return failure(error, known(task, started));
    throw error;
  }
}

/** What is known when the thread does not come to an end. */
interface Started {
  title: { readonly job?: string };
  schedules: number;
  /** What is known of a schedule that failed, while a smaller one is looked for. */
  failed: SimReply | null;
}

function show(progress: SimProgress, task: SimTask, started: Started, screen: Screen): void {
  switch (progress.kind) {
    case 'started':
      started.title = { job: progress.title.job };
      if (!screen.json) screen.out.write(simTitle(progress.title, task.schedules, screen.out));
      return;
    case 'schedules':
      started.schedules = progress.done;
      return screen.progress.step({
        label: 'schedule',
        done: progress.done,
        total: task.schedules,
      });
    case 'failed':
      started.failed = progress.reply;
      return;
    case 'shrinking':
      return screen.progress.step({
        label: 'shrinking, % of the search',
        done: Math.round(progress.share * 100),
        total: 100,
      });
  }
}

function stopped(task: SimTask, started: Started): Outcome {
  const howFar = `after ${started.schedules} of ${task.schedules} schedules, seed ${task.seed}`;
  return interrupted(howFar, known(task, started));
}

/** What was found is not lost because somebody does not want to wait for less of it. */
function whileShrinking(found: Outcome): Outcome {
  const error = new LispingError(
    'LISPING_E_INTERRUPTED',
    'interrupted while shrinking: the schedule may not be the smallest',
  );
  return { ...found, exit: error.exit, json: { ...found.json, error: error.toJSON() }, error };
}

function known({ seed, replicas }: SimTask, { title, schedules }: Started): object {
  return { ...title, seed, replicas, schedules };
}

function discard(task: SimTask): void {
  if (task.plan !== null) discardOutput(task.plan);
  discardWatched(task);
}

function outcomeOf(
  reply: SimReply,
  task: SimTask,
  again: string,
  { out, progress }: Screen,
): Outcome {
  progress.clear();
  const wallMilliseconds = Math.round(performance.now());
  return {
    exit: exitOf(reply),
    json: jsonOf(reply, task, wallMilliseconds),
    text: simSummary(reply, { wallMilliseconds, schedules: task.schedules, again }, out),
  };
}

function exitOf({ verdict, error }: SimReply): number {
  switch (verdict) {
    case 'passed':
      return 0;
    case 'failed':
      return error === null ? 1 : ERRORS[error.code].exit;
    case 'no-convergence':
      return 3;
  }
}

function jsonOf(reply: SimReply, task: SimTask, wallMilliseconds: number): object {
  const { title, failing } = reply;
  const error = errorOf(reply);
  return {
    version: versionText(),
    job: title.job,
    seed: task.seed,
    replicas: task.replicas,
    verdict: reply.verdict,
    schedules: reply.schedules,
    events: reply.events,
    simulatedMicroseconds: reply.simulatedMicroseconds,
    wallMilliseconds,
    faults: reply.faults,
    missedFaults: reply.missedFaults,
    broughtBack: reply.broughtBack,
    tasks: reply.tasks,
    cancelled: reply.cancelled,
    failedJobs: reply.failedJobs,
    traceHash: reply.traceHash,
    replay: reply.replay,
    checks: reply.checks,
    output: reply.output,
    memo: reply.memo,
    ...(reply.model === null ? {} : { workload: workloadJson(reply.model) }),
    ...(task.plan === null ? {} : { parts: reply.parts }),
    ...(failing === undefined ? {} : { failing }),
    ...(reply.divergence === undefined ? {} : { divergence: reply.divergence }),
    ...(reply.shrunk === null ? {} : { shrunk: reply.shrunk }),
    ...(error === null ? {} : { error }),
  };
}

function workloadJson({
  workload,
  jobs,
  tasks,
  makespan,
  slotUtilisation,
  latency,
}: Model): object {
  return {
    name: workload,
    jobs,
    tasks,
    makespanMicroseconds: makespan,
    slotUtilisation,
    latencyMicroseconds: latency,
  };
}

type Model = NonNullable<SimReply['model']>;

/** Checks that blame the job itself, or cannot tell; all others are promises of ours. */
const CODE_OF_CHECK: ReadonlyMap<string, ErrorCode> = new Map([
  ['job-does-not-depend-on-value-order', 'LISPING_E_VALUE_ORDER'],
  ['output-equals-oracle', 'LISPING_E_OUTPUT_DIFFERS'],
]);

/** A broken promise is no exception inside, but outside every failure has an error. */
function errorOf({ verdict, error, checks }: SimReply): object | null {
  if (verdict === 'passed' || error !== null) return error;
  const broken = checks.find((check) => !check.ok);
  const code =
    verdict === 'failed'
      ? (CODE_OF_CHECK.get(broken?.name ?? '') ?? 'LISPING_E_INVARIANT')
      : 'LISPING_E_NO_CONVERGENCE';
  const message = broken === undefined ? verdict : `${broken.name}: ${broken.detail ?? 'broken'}`;
  return new LispingError(code, message).toJSON();
}
