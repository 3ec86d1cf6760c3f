// `lisping sim --exhaustive`: every placement of up to two faults in the small world.
import { availableParallelism } from 'node:os';
import { LispingError } from '@lisping/core';
import { smallOptions } from '@lisping/sim';
import { usageError } from '../flags/usage-error.ts';
import type { Values } from '../flags/values.ts';
import { failure, interrupted, type Outcome, type Screen } from '../outcome.ts';
import { exhaustiveSummary, exhaustiveTitle } from '../print/exhaustive-summary.ts';
import { protocolFingerprint } from '../replay/fingerprint.ts';
import type { ReplayRecord } from '../replay/record.ts';
import { RUNNING_COPY } from '../running-copy.ts';
import {
  exhaustInThreads,
  type ExhaustReply,
  type VariantCounts,
} from '../threads/exhaust-in-threads.ts';
import { versionText } from '../version.ts';
import { simSpec } from './sim-spec.ts';
import { runSimulation } from './simulation.ts';

const MAX_FAULTS = { min: 0, max: 2 };
const THREADS_MOST = 16;
/** What the search has of its own: it runs its own jobs, and draws nothing. */
const APPLIES = ['exhaustive', 'max-faults'];

export async function runExhaustive(values: Values, screen: Screen): Promise<Outcome> {
  refuseOthers(values);
  const depth = values.whole('max-faults', MAX_FAULTS) ?? MAX_FAULTS.max;
  if (!screen.json) screen.out.write(exhaustiveTitle(depth, screen.out));
  let howFar = 'before the first schedule';
  // What is shared out begins with the second fault.
  const threads = depth < 2 ? 1 : Math.min(availableParallelism(), THREADS_MOST);
  const work = exhaustInThreads(depth, threads, (progress) => {
    const { variant, schedules, branchesDone, branches } = progress;
    howFar = `after ${schedules} schedules, in ${variant}, branch ${branchesDone} of ${branches}`;
    screen.progress.step({ label: `${variant}, branch`, done: branchesDone, total: branches });
  });
  screen.onInterrupt(async () => {
    await work.stop();
    return interrupted(`${howFar}; none of these has broken an invariant`);
  });
  try {
    const reply = await work.result;
    screen.progress.clear();
    return reply.failing === null
      ? passed(reply, depth, screen)
      : await failed(reply, reply.failing, depth, screen);
  } catch (error) {
    if (error instanceof LispingError) return failure(error);
    throw error;
  }
}

/** Flags that are about another kind of simulation would be ignored, and are refused. */
function refuseOthers(values: Values): void {
  const job = values.arg(0);
  if (job !== undefined) {
    throw usageError(
      `--exhaustive runs small jobs of its own, and takes no job: ${job}`,
      'Leave the job out. See lisping sim --help.',
    );
  }
  for (const { name } of simSpec.flags) {
    if (APPLIES.includes(name) || !values.isGiven(name)) continue;
    throw usageError(
      `--${name} does not apply to --exhaustive`,
      'It tries every placement of faults in a small world of its own; only --max-faults, --json and --quiet apply.',
    );
  }
}

export function refuseWithoutExhaustive(values: Values): void {
  if (!values.isGiven('max-faults')) return;
  throw usageError(
    '--max-faults applies to --exhaustive only',
    'Write lisping sim --exhaustive --max-faults N, or see --faults in lisping sim --help.',
  );
}

function jsonOf({ variants, failing }: ExhaustReply, depth: number): object {
  const sum = (of: (counts: VariantCounts) => number): number =>
    variants.reduce((total, counts) => total + of(counts), 0);
  return {
    version: versionText(),
    exhaustive: true,
    verdict: failing === null ? 'passed' : 'failed',
    maxFaults: depth,
    schedules: sum(({ schedules }) => schedules),
    states: sum(({ states }) => states),
    left: sum(({ left }) => left),
    events: sum(({ events }) => events),
    wallMilliseconds: Math.round(performance.now()),
    variants,
    ...(failing === null ? {} : { failing }),
  };
}

function passed(reply: ExhaustReply, depth: number, { out }: Screen): Outcome {
  const wallMilliseconds = Math.round(performance.now());
  return {
    exit: 0,
    json: jsonOf(reply, depth),
    text: exhaustiveSummary(reply, depth, wallMilliseconds, out),
  };
}

/** The schedule is run once more as any other, for its story, a smaller one, and its replay id. */
async function failed(
  reply: ExhaustReply,
  { variant, faults }: NonNullable<ExhaustReply['failing']>,
  depth: number,
  screen: Screen,
): Promise<Outcome> {
  const wallMilliseconds = Math.round(performance.now());
  if (!screen.json) {
    screen.out.write(exhaustiveSummary(reply, depth, wallMilliseconds, screen.out));
  }
  const { replicas, seed } = smallOptions(variant);
  const record: ReplayRecord = {
    fingerprint: protocolFingerprint(),
    job: null,
    inputs: [],
    replicas,
    reduces: null,
    splitBytes: null,
    parameters: {},
    memo: false,
    small: variant,
    seed,
    generator: { kind: 'list', faults },
    traceHash: '',
  };
  const outcome = await runSimulation(
    {
      running: RUNNING_COPY,
      job: null,
      inputs: [],
      replicas,
      failRate: 0,
      reduces: null,
      splitBytes: null,
      parameters: {},
      seed,
      schedules: 1,
      keepGoing: false,
      memo: false,
      small: variant,
      shrink: true,
      faults: { kind: 'rate' },
      checkDeterminism: false,
      asTest: null,
      trace: null,
      report: null,
      workload: null,
      plan: null,
      replay: { record, anyway: true },
    },
    'lisping sim --exhaustive',
    screen,
  );
  return { ...outcome, json: { ...jsonOf(reply, depth), simulation: outcome.json } };
}
