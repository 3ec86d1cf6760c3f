/** Runs a workload model: like simulate.ts, without user code, memo and oracle. */
import { DEFAULT_TIMING, LispingError } from '@lisping/core';
import type { Microseconds, Timing } from '@lisping/core';
import type { FaultGenerator } from '../fault-generator.ts';
import { faultsAtRate } from '../fault-rate.ts';
import { journalMoments } from '../moments.ts';
import type { Fault } from '../fault.ts';
import { Schedule } from '../schedule.ts';
import type { ScheduleOutcome } from '../schedule.ts';
import { DEFAULT_WORLD } from '../setting.ts';
import { NO_KNOBS } from '../knobs.ts';
import { emptyOutput, eventLimit, MAKESPAN_SEED, scheduleSeed, Sums } from '../simulate.ts';
import type { Check } from '../checkers/index.ts';
import type { SimulationResult } from '../simulate.ts';
import { Story } from '../story.ts';
import type { StoryLine } from '../story.ts';
import { combinedHash } from '../trace-hash.ts';
import { tracer } from '../trace.ts';
import type { TraceEvent } from '../trace.ts';
import { Arena } from '../world.ts';
import { createModelCheckers } from './checkers/index.ts';
import { ModelWork } from './model-work.ts';
import type { ModelWorkload } from './model.ts';
import { summaryOf } from './summary.ts';
import type { ModelSummary } from './summary.ts';

/** What to simulate. */
export interface ModelOptions {
  readonly workload: ModelWorkload;
  /** At least 1. */
  readonly replicas: number;
  /** Attempts that one replica runs at once. */
  readonly slots: number;
  /** From 0 to 1: how likely each replica is to crash once. */
  readonly failRate: number;
  readonly seed: string;
  readonly schedules: number;
  /** Run all schedules even when one fails. */
  readonly keepGoing: boolean;
  /** The faults of every schedule, or who draws them for each; null: drawn from the rate. */
  readonly faults: readonly Fault[] | FaultGenerator | null;
  readonly timing?: Partial<Timing>;
  /** Of a run without faults; computed when it is needed and absent. */
  readonly makespan?: Microseconds;
  readonly trace?: (event: TraceEvent) => void;
  /** Hears how many schedules are done; false stops. */
  readonly onSchedule?: (done: number) => boolean;
}

/** What a simulation of a model found; its output has no bytes, and nothing is remembered. */
export interface ModelResult extends SimulationResult {
  /** Of the first failing schedule, else of the last. */
  readonly model: ModelSummary;
}

/**
 * Runs the workload until one schedule fails, or all are done.
 *
 * @example
 * const tasks = (count: number) => ({ count, durations: [5_000_000] });
 * const job = { id: 'one', after: 0, maps: tasks(100), reduces: tasks(4), inputBytes: 1e9,
 *   shuffleBytes: 1e8, outputBytes: 1e7 };
 * const result = simulateModel({ workload: { name: 'example', jobs: [job] }, replicas: 50, slots: 2,
 *   failRate: 0.1, seed: 'a', schedules: 10, keepGoing: false, faults: null });
 */
export function simulateModel(options: ModelOptions): ModelResult {
  return new ModelSimulation(options).run();
}

interface Judged {
  readonly outcome: ScheduleOutcome;
  readonly faults: readonly Fault[];
  readonly seed: string;
  readonly checks: readonly Check[];
  readonly error: LispingError | null;
  readonly verdict: SimulationResult['verdict'];
}

class ModelSimulation {
  private readonly options: ModelOptions;
  private readonly timing: Timing;
  private readonly arena = new Arena();
  private readonly maps: number;
  private readonly reduces: number;
  private readonly makespan: Microseconds;
  private readonly sums = new Sums();

  constructor(options: ModelOptions) {
    this.options = options;
    this.timing = { ...DEFAULT_TIMING, ...options.timing };
    const { jobs } = options.workload;
    if (jobs.length === 0) throw new LispingError('LISPING_E_USAGE', 'the workload has no job');
    this.maps = jobs.reduce((sum, { maps }) => sum + maps.count, 0);
    this.reduces = jobs.reduce((sum, { reduces }) => sum + reduces.count, 0);
    this.makespan = options.makespan ?? this.measureMakespan();
  }

  run(): ModelResult {
    const { options, sums } = this;
    let failing: (Judged & { readonly schedule: number }) | null = null;
    let last: Judged | null = null;
    for (let schedule = 0; schedule < options.schedules; schedule++) {
      last = this.runSchedule(schedule);
      sums.add({ outcome: last.outcome, told: last.outcome.told });
      if (last.verdict !== 'passed') failing ??= { ...last, schedule };
      const goOn = options.onSchedule?.(schedule + 1) ?? true;
      if (!goOn || (failing !== null && !options.keepGoing)) break;
    }
    const shown = failing ?? last;
    if (shown === null) throw new LispingError('LISPING_E_USAGE', 'no schedule to run');
    const { replicas, slots, workload, trace } = options;
    const { primaryFirst } = DEFAULT_WORLD;
    const story = failing === null && trace === undefined ? [] : this.retold(shown);
    return {
      verdict: shown.verdict,
      ...sums.totals(this.maps, this.reduces),
      makespan: this.makespan,
      checks: shown.checks,
      ...(failing === null ? {} : { failing: { ...whatFailed(failing), story } }),
      ...(shown.error === null ? {} : { error: shown.error }),
      output: emptyOutput(),
      counters: {},
      memo: { hits: 0, misses: 0 },
      model: summaryOf(workload, shown.outcome, replicas * slots, primaryFirst),
      resolved: {
        seed: shown.seed,
        faults: shown.faults,
        knobs: NO_KNOBS,
        traceHash: combinedHash([shown.outcome.hash]),
        story,
      },
    };
  }

  private runSchedule(number: number): Judged {
    const { options } = this;
    const seed = scheduleSeed(options.seed, number);
    const faults = this.faultsOf(seed);
    const schedule = this.schedule(seed, faults);
    const { observers, checkers } = this.checkersOf(schedule, faults);
    const outcome = schedule.run(observers);
    const checks: Check[] = checkers.map((checker) => ({
      name: checker.name,
      title: checker.title,
      ...checker.verdict(),
    }));
    return judged({ outcome, faults, seed, checks });
  }

  private checkersOf(schedule: Schedule, faults: readonly Fault[]) {
    const { replicas, slots, workload } = this.options;
    return createModelCheckers({
      workload,
      replicas,
      slots,
      timing: this.timing,
      faults,
      bound: () => schedule.bound(),
      stop: () => schedule.stop(),
    });
  }

  /** Runs a schedule again, for its story and its trace: nobody listens while all goes well. */
  private retold({ seed, faults, checks, outcome }: Judged): readonly StoryLine[] {
    const { trace } = this.options;
    const jobs = this.options.workload.jobs.length;
    const story = new Story(jobs);
    const stories = outcome.events < EVENTS_OF_A_STORY ? [story] : [];
    if (stories.length === 0 && trace === undefined) return story.tell(checks);
    const schedule = this.schedule(seed, faults);
    const { observers } = this.checkersOf(schedule, faults);
    const tracers = trace === undefined ? [] : [tracer(trace, jobs)];
    schedule.run([...observers, ...stories, ...tracers]);
    return story.tell(checks);
  }

  private faultsOf(seed: string): readonly Fault[] {
    const { faults, failRate, replicas } = this.options;
    if (faults === null) return faultsAtRate(seed, failRate, replicas, this.makespan);
    if (typeof faults !== 'function') return faults;
    const { maps, reduces, makespan, timing } = this;
    let moments: readonly Microseconds[] | null = null;
    return faults(seed, {
      replicas,
      makespan,
      maps,
      reduces,
      timing,
      moments: () => (moments ??= journalMoments(this.schedule(seed, []))),
    });
  }

  private schedule(seed: string, faults: readonly Fault[]): Schedule {
    const { timing, arena } = this;
    const { replicas, slots, workload } = this.options;
    const { jobs } = workload;
    const duration = jobs.reduce((most, { after }) => Math.max(most, after), 0);
    return new Schedule({
      work: new ModelWork(workload),
      replicas,
      slots,
      timing,
      world: DEFAULT_WORLD,
      seed,
      faults,
      arena,
      eventLimit: eventLimit(this.maps + this.reduces, replicas, duration / timing.heartbeat),
    });
  }

  /** How long it takes when nothing fails, where somebody has to know. Its events count for nothing. */
  private measureMakespan(): Microseconds {
    const { faults, failRate } = this.options;
    const isAsked = typeof faults === 'function' || (faults === null && failRate > 0);
    return isAsked ? this.schedule(MAKESPAN_SEED, []).run([]).toldAt : 0;
  }
}

/** A longer run has no story: nobody could read it. */
const EVENTS_OF_A_STORY = 2_000_000;

function whatFailed({ schedule, seed, faults }: Judged & { readonly schedule: number }) {
  return { schedule, seed, faults, knobs: NO_KNOBS };
}

function judged(run: Pick<Judged, 'outcome' | 'faults' | 'seed' | 'checks'>): Judged {
  const { outcome, checks } = run;
  if (outcome.end === 'stuck') {
    const error = new LispingError('LISPING_E_NO_CONVERGENCE', outcome.missing);
    return { ...run, error, verdict: 'no-convergence' };
  }
  for (const { told } of outcome.ends.values()) {
    if (told.status !== 'failed' || told.error === null) continue;
    const { code, message } = told.error;
    const error = new LispingError(code, `${told.job}: ${message}`);
    return { ...run, error, verdict: 'failed' };
  }
  const isBroken = checks.some((check) => !check.ok);
  return { ...run, error: null, verdict: isBroken ? 'failed' : 'passed' };
}
