/** Runs one list of faults in the small world, with all checkers. */
import { jobId } from '@lisping/core';
import type { JobSpec, Microseconds } from '@lisping/core';
import { recoveryDelay, longestLatency, speculationDelay } from '../bound.ts';
import { createCheckers } from '../checkers/index.ts';
import type { CheckContext, Checks, Expected } from '../checkers/index.ts';
import { Executor, Memo } from '../executor.ts';
import type { Fault } from '../fault.ts';
import { expectedOutput } from '../oracle.ts';
import { Schedule } from '../schedule.ts';
import type { ScheduleOutcome } from '../schedule.ts';
import { codeChecksum } from '../workload.ts';
import { Arena } from '../world.ts';
import { RememberedWorkload } from './remembered-workload.ts';
import { SMALL_REPLICAS, SMALL_SETTING, SMALL_SPLIT_BYTES, smallInputs } from './small-world.ts';
import type { Variant } from './small-world.ts';
import { WatchedQueue } from './watched-queue.ts';

/** No run of the small world has so many events, unless it never ends. */
const EVENTS_MAX = 20_000;

/** The seed of every run: nothing in the small world depends on it but what a crash tears. */
export const SMALL_SEED = 'exhaustive';

/** One run, ready to begin. */
export interface SmallRun {
  readonly schedule: Schedule;
  readonly checks: Checks;
}

export class SmallWorld {
  readonly variant: Variant;
  readonly queue: WatchedQueue = new WatchedQueue();
  private readonly arena = new Arena(this.queue);
  private readonly workload: RememberedWorkload;
  private readonly memo = new Memo(false);
  private readonly spec: JobSpec;
  private readonly expected: Expected;

  constructor(variant: Variant) {
    this.variant = variant;
    const { job, reduces } = variant;
    const inputs = smallInputs();
    const shared = { job, inputs, reduces, parameters: {} };
    this.workload = new RememberedWorkload({
      ...shared,
      splitBytes: SMALL_SPLIT_BYTES,
      patience: PATIENCE,
    });
    this.spec = {
      job: jobId(job.name),
      inputs: this.workload.inputs,
      splitBytes: SMALL_SPLIT_BYTES,
      reduces,
      output: 'output',
      code: codeChecksum(job.name),
    };
    this.expected = expectedOutput({ ...shared, splits: this.workload.splits });
  }

  get maps(): number {
    return this.workload.splits.length;
  }

  /** `healNotBefore`: the faults stay in force at least until then. */
  prepare(faults: readonly Fault[], healNotBefore: Microseconds = 0): SmallRun {
    const { arena, memo, spec, variant, workload } = this;
    const schedule = new Schedule({
      work: new Executor({
        jobs: [{ spec, after: 0 }],
        workload,
        memo,
        suspicious: false,
        otherBytes: false,
        seed: SMALL_SEED,
      }),
      replicas: SMALL_REPLICAS,
      slots: variant.slots,
      timing: variant.timing,
      world: SMALL_SETTING,
      seed: SMALL_SEED,
      faults,
      arena,
      eventLimit: EVENTS_MAX,
      healNotBefore,
    });
    return { schedule, checks: createCheckers([this.checkContext(schedule, faults)]) };
  }

  private checkContext(schedule: Schedule, faults: readonly Fault[]): CheckContext {
    const { spec, variant } = this;
    return {
      replicas: SMALL_REPLICAS,
      slots: variant.slots,
      timing: variant.timing,
      job: spec.job,
      place: 0,
      jobs: 1,
      submittedAt: 0,
      otherBytes: false,
      output: spec.output,
      maps: this.maps,
      reduces: variant.reduces,
      faults,
      expected: this.expected,
      bound: () => schedule.bound(),
      recovery: recoveryDelay(variant.timing, SMALL_SETTING),
      judgesPace: false,
      latency: longestLatency(SMALL_SETTING),
      speculation: speculationDelay(variant.timing, SMALL_SETTING),
      // So few replicas are judged by no other run.
      withoutFaults: () => Number.POSITIVE_INFINITY,
      broken: () => schedule.stop(),
    };
  }
}

/** How long one task may really take, in milliseconds. */
const PATIENCE = 10_000;

/** What is wrong with a finished run, or null when nothing is. */
export function findingOf({ checks }: SmallRun, outcome: ScheduleOutcome): string | null {
  for (const checker of checks.checkers) {
    const verdict = checker.verdict();
    if (!verdict.ok) return checker.name;
  }
  if (outcome.end === 'stuck') return 'no-convergence';
  return null;
}
