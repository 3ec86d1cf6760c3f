/**
 * Many schedules of one job: seeds and faults are drawn, each schedule is run and judged, and the
 * first that fails is the one to look at.
 */
import { createHash } from 'node:crypto';
import { DEFAULT_TIMING, jobId, LispingError } from '@lisping/core';
import type { AnyJob, JobSpec, Microseconds, TellUser, Timing } from '@lisping/core';
import { recoveryDelay, longestLatency, speculationDelay } from './bound.ts';
import { createCheckers } from './checkers/index.ts';
import type { Check, CheckContext, Expected } from './checkers/index.ts';
import { Draws } from './draws.ts';
import { runGuarded, Stuck } from './guard.ts';
import { Executor, Memo } from './executor.ts';
import { faultsAtRate } from './fault-rate.ts';
import { excuseOf } from './fault-excuses.ts';
import type { FaultGenerator } from './fault-generator.ts';
import type { Fault } from './fault.ts';
import { journalMoments } from './moments.ts';
import { expectedOutput } from './oracle.ts';
import type { Observer } from './observe.ts';
import { NO_KNOBS, timingUnder, worldUnder } from './knobs.ts';
import type { KnobGenerator, Knobs } from './knobs.ts';
import { RememberedWork } from './remembered-work.ts';
import { longest, DEFAULT_WORLD } from './setting.ts';
import type { WorldSetting } from './setting.ts';
import { Schedule } from './schedule.ts';
import { Story } from './story.ts';
import type { StoryLine } from './story.ts';
import type { ScheduleOutcome } from './schedule.ts';
import { combinedHash } from './trace-hash.ts';
import { tracer } from './trace.ts';
import type { TraceEvent } from './trace.ts';
import type { SubmittedJob } from './work.ts';
import type { Work } from './work.ts';
import { codeChecksum, Workload } from './workload.ts';
import type { InputBytes } from './workload.ts';
import { Arena } from './world.ts';

/** What to simulate. Every field is part of what a replay must repeat, except the last three, which only
 * watch. */
export interface SimulationOptions {
  readonly job: AnyJob;
  readonly jobName: string;
  readonly inputs: readonly InputBytes[];
  /** At least 1. */
  readonly replicas: number;
  /** Attempts that one replica runs at once. */
  readonly slots: number;
  /** From 0 to 1: how likely each replica is to crash once. */
  readonly failRate: number;
  /** 0: map-only. */
  readonly reduces: number;
  readonly splitBytes: number;
  readonly seed: string;
  readonly schedules: number;
  /** Run all schedules even when one fails. */
  readonly keepGoing: boolean;
  /** The faults of every schedule, or who draws them for each; null: drawn from the rate. */
  readonly faults: readonly Fault[] | FaultGenerator | null;
  /** What else is not as it always is in every schedule, or who draws it for each; nothing when absent. */
  readonly knobs?: Knobs | KnobGenerator;
  readonly parameters: Readonly<Record<string, string>>;
  /** False: user code really runs for every attempt. */
  readonly memo: boolean;
  readonly timing?: Partial<Timing>;
  /** How long things take in the world; what is left out is as in {@link DEFAULT_WORLD}. */
  readonly world?: Partial<WorldSetting>;
  /** How long one task may really take, in milliseconds, before it counts as stuck: by default ten seconds. */
  readonly patience?: number;
  /** Of a run without faults; computed when absent. */
  readonly makespan?: Microseconds;
  /**
   * Hears every event of the schedule that the verdict is about: the first that failed, else the last.
   * It is run once more for this, so that all others cost nothing.
   */
  readonly trace?: (event: TraceEvent) => void;
  /** Makes more observers for each schedule, beside the checkers. */
  readonly observe?: (schedule: number) => readonly Observer[];
  /** Hears how many schedules are done; false stops. */
  readonly onSchedule?: (done: number) => boolean;
}

export interface TaskSums {
  readonly total: number;
  readonly attempts: number;
  /** Attempts that ended with their replica, and outputs that were on a disk when it was wiped. */
  readonly lost: number;
}

/** What a simulation found. Counts are sums over the schedules that were run. */
export interface SimulationResult {
  readonly verdict: 'passed' | 'failed' | 'no-convergence';
  readonly schedules: number;
  readonly events: number;
  readonly simulatedMicroseconds: number;
  /** Faults that struck, by kind. */
  readonly faults: Readonly<Record<string, number>>;
  /** Faults that found nothing to strike: a crash of a node that is down. */
  readonly missedFaults: number;
  /** Nodes that a fault was to keep away for good, and that the job needed in order to end. */
  readonly broughtBack: number;
  readonly tasks: { readonly map: TaskSums; readonly reduce: TaskSums };
  readonly traceHash: string;
  readonly makespan: Microseconds;
  /** Of the first failing schedule, else of the last. */
  readonly checks: readonly Check[];
  /** Schedules in which the user cancelled the job, so that it has no output. */
  readonly cancelled: number;
  /** Schedules in which the job failed; by faults that no job survives, where the verdict is passed. */
  readonly failedJobs: number;
  /** Of the last schedule whose job succeeded; empty when none did. */
  readonly output: {
    readonly records: number;
    readonly sha256: string;
    readonly parts: readonly Uint8Array[];
  };
  /** The job's final counters in the schedule that {@link output} is of. */
  readonly counters: Readonly<Record<string, number>>;
  readonly failing?: {
    readonly schedule: number;
    readonly seed: string;
    readonly faults: readonly Fault[];
    readonly knobs: Knobs;
    /** What happened in it, for people. */
    readonly story: readonly StoryLine[];
  };
  /** Why the job failed: the error of the user's code itself where there is one. */
  readonly error?: LispingError;
  readonly memo: { readonly hits: number; readonly misses: number };
  /** The schedule that a replay runs: the first failing, else the last. The hash is of it alone. */
  readonly resolved: {
    readonly seed: string;
    readonly faults: readonly Fault[];
    readonly knobs: Knobs;
    readonly traceHash: string;
    /** What happened in it, for people; empty when it passed and nobody asked for a trace. */
    readonly story: readonly StoryLine[];
  };
}

/** The seed of one schedule: the seed itself for the first, else a hash of seed and number. */
export function scheduleSeed(seed: string, schedule: number): string {
  if (schedule === 0) return seed;
  return createHash('sha256')
    .update(`${seed.length}:${seed}:${schedule}`)
    .digest('hex')
    .slice(0, 16);
}

/** One schedule in so many really runs the first re-execution of each task. */
const SUSPICION = 16;

export const MAKESPAN_SEED = 'makespan';

/**
 * Runs schedules until one fails, or all are done.
 *
 * @example
 * const result = simulate({ ...referenceWorkload(), jobName: 'word-count', replicas: 50, slots: 2,
 *   failRate: 0.1, seed: 'a', schedules: 10, keepGoing: false, faults: null, parameters: {}, memo: true });
 */
export function simulate(options: SimulationOptions): SimulationResult {
  return new Simulation(options).run();
}

/** All that one schedule is made from, beside the options that it shares with others. */
export interface Drawn {
  readonly seed: string;
  readonly faults: readonly Fault[];
  readonly knobs: Knobs;
}

/** One schedule that was run and judged. */
export interface Judged extends Drawn {
  /** What its attempts gave. */
  readonly work: RememberedWork;
  readonly outcome: ScheduleOutcome;
  /** What the user was told of the job; null when nothing was. */
  readonly told: TellUser | null;
  readonly checks: readonly Check[];
  readonly error: LispingError | null;
  readonly verdict: SimulationResult['verdict'];
}

/** One job over one input, of which many schedules are run. */
export class Simulation {
  private readonly options: SimulationOptions;
  private readonly timing: Timing;
  private readonly world: WorldSetting;
  private readonly patience: number;
  private readonly workload: Workload;
  private readonly memo: Memo;
  private readonly arena = new Arena();
  private readonly spec: JobSpec;
  /** The same work as a job of its own, for schedules in which jobs overlap. */
  private readonly second: JobSpec;
  private readonly expected: Expected;
  private readonly makespan: Microseconds;
  private readonly sums = new Sums();

  /** A sibling has done the same work on another cluster: it need not be done again. */
  constructor(options: SimulationOptions, sibling: Simulation | null = null) {
    this.options = options;
    const { job, jobName, inputs, reduces, splitBytes, parameters } = options;
    this.timing = { ...DEFAULT_TIMING, ...options.timing };
    this.world = { ...DEFAULT_WORLD, ...options.world };
    this.patience = options.patience ?? TASK_PATIENCE;
    this.workload =
      sibling?.workload ??
      new Workload({
        job,
        inputs,
        reduces,
        splitBytes,
        parameters,
        patience: this.patience,
      });
    this.memo = sibling?.memo ?? new Memo(options.memo);
    this.spec = {
      job: jobId(jobName),
      inputs: this.workload.inputs,
      splitBytes,
      reduces,
      output: 'output',
      code: codeChecksum(jobName),
    };
    this.second = { ...this.spec, job: jobId(`${jobName}-again`), output: 'output-again' };
    this.makespan = options.makespan ?? this.measureMakespan();
    this.expected = sibling?.expected ?? this.askOracle();
  }

  run(): SimulationResult {
    const { options, sums } = this;
    let failing: (Judged & { readonly schedule: number }) | null = null;
    let last: Judged | null = null;
    for (let schedule = 0; schedule < options.schedules; schedule++) {
      last = this.runSchedule(schedule);
      sums.add(last);
      if (last.verdict !== 'passed') failing ??= { ...last, schedule };
      const goOn = options.onSchedule?.(schedule + 1) ?? true;
      if (!goOn || (failing !== null && !options.keepGoing)) break;
    }
    const shown = failing ?? last;
    if (shown === null) throw new LispingError('LISPING_E_USAGE', 'no schedule to run');
    const story = failing === null && options.trace === undefined ? [] : this.retold(shown);
    return {
      verdict: shown.verdict,
      ...sums.totals(this.workload.splits.length, options.reduces),
      makespan: this.makespan,
      checks: shown.checks,
      output: this.output,
      counters: this.counters,
      ...(failing === null
        ? {}
        : {
            failing: {
              schedule: failing.schedule,
              seed: failing.seed,
              faults: failing.faults,
              knobs: failing.knobs,
              story,
            },
          }),
      ...(shown.error === null ? {} : { error: shown.error }),
      memo: { hits: this.memo.hits, misses: this.memo.misses },
      resolved: {
        seed: shown.seed,
        faults: shown.faults,
        knobs: shown.knobs,
        traceHash: combinedHash([shown.outcome.hash]),
        story,
      },
    };
  }

  private output: SimulationResult['output'] = emptyOutput();
  private counters: SimulationResult['counters'] = {};

  private runSchedule(number: number): Judged {
    const { options } = this;
    const seed = scheduleSeed(options.seed, number);
    const knobs = this.knobsOf(seed);
    const faults = this.faultsOf(seed, knobs);
    const suspicious = number === 0 || new Draws(seed, 'suspicion').below(SUSPICION, 0) === 0;
    return this.judged({ seed, faults, knobs }, suspicious, options.observe?.(number) ?? []);
  }

  /** Runs and judges one schedule, exactly as a replay of it would, which is all there is in it. */
  trial(drawn: Drawn, observers: readonly Observer[] = []): Judged {
    return this.judged(drawn, true, observers);
  }

  /** How many map tasks the input makes. */
  get maps(): number {
    return this.workload.splits.length;
  }

  /** Takes back what tasks gave: the next trial is that of a simulation that has just been made. */
  forget(): void {
    this.memo.forget();
  }

  private judged(drawn: Drawn, suspicious: boolean, observers: readonly Observer[]): Judged {
    const work = new RememberedWork(this.work(drawn, suspicious), null);
    const schedule = this.schedule(drawn, work);
    const checks = createCheckers(this.checkContexts(schedule, drawn));
    const outcome = schedule.run([...checks.observers, ...observers]);
    const told = outcome.ends.get(this.spec.job)?.told ?? null;
    if (told?.status === 'succeeded') this.keepOutput(schedule, told);
    const { seed, faults, knobs } = drawn;
    return this.judge({ seed, faults, knobs, work, outcome, told, checks: checks.verdicts() });
  }

  /** Runs a schedule again, for its story and its trace: nobody listens while all goes well. */
  retold(judged: Judged): readonly StoryLine[] {
    const work = new RememberedWork(this.work(judged, false), judged.work);
    const story = new Story(work.jobs.length);
    const schedule = this.schedule(judged, work);
    const { observers } = createCheckers(this.checkContexts(schedule, judged));
    const { trace } = this.options;
    const tracers = trace === undefined ? [] : [tracer(trace, work.jobs.length)];
    schedule.run([...observers, story, ...tracers]);
    return story.tell(judged.checks);
  }

  private knobsOf(seed: string): Knobs {
    const { knobs = NO_KNOBS } = this.options;
    return typeof knobs === 'function' ? knobs(seed, { makespan: this.makespan }) : knobs;
  }

  private faultsOf(seed: string, knobs: Knobs): readonly Fault[] {
    const { faults, failRate, replicas } = this.options;
    if (faults === null) return faultsAtRate(seed, failRate, replicas, this.makespan);
    if (typeof faults !== 'function') return faults;
    let moments: readonly Microseconds[] | null = null;
    return faults(seed, {
      replicas,
      makespan: this.makespan + (knobs.secondJob ?? 0),
      maps: this.workload.splits.length,
      reduces: this.options.reduces,
      timing: timingUnder(this.timing, knobs),
      jobs: this.jobsUnder(knobs).length,
      moments: () => (moments ??= journalMoments(this.schedule({ seed, faults: [], knobs }))),
    });
  }

  private jobsUnder({ secondJob }: Knobs): readonly SubmittedJob[] {
    const first = { spec: this.spec, after: 0 };
    return secondJob === undefined ? [first] : [first, { spec: this.second, after: secondJob }];
  }

  private judge(run: Omit<Judged, 'error' | 'verdict'>): Judged {
    const { outcome, checks } = run;
    const broken = checks.some((check) => !check.ok);
    if (outcome.end === 'stuck') {
      const error = new LispingError('LISPING_E_NO_CONVERGENCE', outcome.missing);
      return { ...run, error, verdict: 'no-convergence' };
    }
    const ends = this.jobsUnder(run.knobs).map(
      ({ spec }) => outcome.ends.get(spec.job)?.told ?? null,
    );
    const ended = ends.every((told) => this.hasEndedAsItMay(told, run));
    const failed = ends.find((told) => told !== null && told.error !== null) ?? null;
    const error = failed === null || failed.error === null ? null : this.errorOf(failed.error);
    return { ...run, error, verdict: ended && !broken ? 'passed' : 'failed' };
  }

  private hasEndedAsItMay(told: TellUser | null, run: Omit<Judged, 'error' | 'verdict'>): boolean {
    if (told?.status === 'succeeded') return true;
    if (told?.status === 'cancelled') return run.outcome.applied.has('cancel');
    return told !== null && this.hasFailedAsItMust(told, run);
  }

  /**
   * A generator may draw faults that no job survives, such as a store that stays full. That a list of
   * somebody's own does, he is told.
   */
  private hasFailedAsItMust(
    told: TellUser,
    { outcome: { applied }, knobs }: Pick<Judged, 'outcome' | 'knobs'>,
  ): boolean {
    // When a reduce has committed, other bytes come too late (6.5); a checker looks whether one had.
    if (knobs.otherBytes === true && told.error?.code === 'LISPING_E_NONDETERMINISTIC_MAP') {
      return true;
    }
    if (typeof this.options.faults !== 'function') return false;
    const excuse = excuseOf(told.error);
    return excuse !== null && applied.has(excuse) && this.expected.kind !== 'error';
  }

  private errorOf(error: NonNullable<TellUser['error']>): LispingError {
    const { code, message, record, where } = error;
    return this.memo.behind(error) ?? new LispingError(code, message, { record, where });
  }

  private work({ seed, knobs }: Drawn, suspicious: boolean): Work {
    const { workload, memo } = this;
    const jobs = this.jobsUnder(knobs);
    const otherBytes = this.differs(knobs);
    return new Executor({ jobs, workload, memo, suspicious, otherBytes, seed });
  }

  private schedule(drawn: Drawn, work: Work = this.work(drawn, false)): Schedule {
    const { seed, faults, knobs } = drawn;
    const { workload, spec, arena } = this;
    const { replicas } = this.options;
    const tasks = work.jobs.length * (workload.splits.length + spec.reduces);
    return new Schedule({
      work,
      replicas,
      slots: knobs.slots ?? this.options.slots,
      timing: timingUnder(this.timing, knobs),
      world: worldUnder(this.world, knobs),
      seed,
      faults,
      arena,
      eventLimit: eventLimit(tasks, replicas, 0),
      // What is judged is how everything that was submitted ends.
      healNotBefore: this.world.primaryFirst + (knobs.secondJob ?? 0),
    });
  }

  /** A job whose answer hangs on the order of values, or that fails at a record, may well differ in more than bytes. */
  private differs({ otherBytes }: Knobs): boolean {
    return otherBytes === true && this.expected.kind === 'parts';
  }

  private checkContexts(schedule: Schedule, drawn: Drawn): readonly CheckContext[] {
    return this.jobsUnder(drawn.knobs).map((job, place) =>
      this.checkContext(schedule, drawn, job, place),
    );
  }

  private checkContext(
    schedule: Schedule,
    { seed, faults, knobs }: Drawn,
    { spec: { job, output }, after }: SubmittedJob,
    place: number,
  ): CheckContext {
    const { replicas, reduces } = this.options;
    const { timing, slots } = schedule;
    const world = worldUnder(this.world, knobs);
    return {
      replicas,
      slots,
      timing,
      job,
      place,
      jobs: this.jobsUnder(knobs).length,
      submittedAt: world.primaryFirst + after,
      output,
      maps: this.workload.splits.length,
      reduces,
      faults,
      expected: this.expected,
      bound: () => schedule.bound(),
      otherBytes: this.differs(knobs),
      recovery: recoveryDelay(timing, world),
      judgesPace: true,
      latency: longestLatency(world),
      speculation: speculationDelay(timing, world),
      withoutFaults: () => {
        const { ends, toldAt } = this.schedule({ seed, faults: [], knobs }).run([]);
        return ends.get(job)?.at ?? toldAt;
      },
      broken: () => schedule.stop(),
    };
  }

  /**
   * The oracle runs user code too, so that it also has to be stoppable. If it takes as long as no task
   * may, a run without faults shows whether a task has no end, and which record it is at; where none
   * is, the oracle has merely much to read.
   */
  private askOracle(): Expected {
    const { workload } = this;
    if (workload.stuck !== null) return failure(workload.stuck);
    try {
      return this.oracleWithin(this.patience);
    } catch (error) {
      if (!(error instanceof Stuck)) throw error;
    }
    this.measureMakespan();
    if (workload.stuck !== null) return failure(workload.stuck);
    try {
      return this.oracleWithin(ORACLE_PATIENCE);
    } catch (error) {
      if (error instanceof Stuck)
        return failure(new LispingError('LISPING_E_TASK_STUCK', error.message));
      throw error;
    }
  }

  private oracleWithin(milliseconds: number): Expected {
    const { job, inputs, reduces, parameters } = this.options;
    const { splits } = this.workload;
    return runGuarded(
      () => expectedOutput({ job, inputs, splits, reduces, parameters }),
      milliseconds,
    );
  }

  /**
   * How long the job takes when nothing fails. Its events count for nothing, and neither does what
   * its tasks gave: a replay is told the makespan and has no such run.
   */
  private measureMakespan(): Microseconds {
    const drawn = { seed: MAKESPAN_SEED, faults: [], knobs: NO_KNOBS };
    const outcome = this.schedule(drawn).run([]);
    this.memo.forget();
    if (outcome.told !== null) return outcome.toldAt;
    // It goes wrong even without faults; the first schedule will show how.
    return longest(this.world.map, 0) + longest(this.world.reduce, 0);
  }

  private keepOutput(schedule: Schedule, told: TellUser): void {
    const found = schedule.store.outputs().find(({ output }) => output === this.spec.output);
    if (found === undefined) return;
    const parts = [...found.parts].sort(([a], [b]) => a - b).map(([, part]) => part.content);
    const sha256 = createHash('sha256');
    for (const { bytes } of parts) sha256.update(bytes);
    this.output = {
      records: parts.reduce((sum, part) => sum + part.records, 0),
      sha256: sha256.digest('hex'),
      parts: parts.map((part) => part.bytes),
    };
    this.counters = told.counters ?? {};
  }
}

function failure({ message, record }: LispingError): Expected {
  return { kind: 'error', failures: [{ record: record ?? null, message }] };
}

/** How long the oracle may really take, in milliseconds. */
const ORACLE_PATIENCE = 300_000;
/** How long one task may really take before it counts as stuck, in milliseconds. */
const TASK_PATIENCE = 10_000;
/** A run with more events than these is not going to end. */
const EVENTS_MIN = 1_000_000;
const EVENTS_PER_TASK = 2_000;
const EVENTS_PER_REPLICA = 20_000;

/** `beats`: heartbeats that every replica sends while it waits for the last job to come. */
export function eventLimit(tasks: number, replicas: number, beats: number): number {
  const ofReplicas = (EVENTS_PER_REPLICA + 10 * beats) * replicas;
  return EVENTS_MIN + EVENTS_PER_TASK * tasks + ofReplicas;
}

export function emptyOutput(): SimulationResult['output'] {
  return { records: 0, sha256: createHash('sha256').digest('hex'), parts: [] };
}

/** Adds schedules up. */
export class Sums {
  private schedules = 0;
  private events = 0;
  private simulated = 0;
  private readonly faults = new Map<string, number>();
  private readonly hashes: string[] = [];
  private mapAttempts = 0;
  private mapsLost = 0;
  private reduceAttempts = 0;
  private reducesLost = 0;
  private cancelled = 0;
  private failedJobs = 0;
  private missedFaults = 0;
  private broughtBack = 0;

  add({ outcome, told }: Pick<Judged, 'outcome' | 'told'>): void {
    this.schedules++;
    this.events += outcome.events;
    this.simulated += outcome.now;
    this.hashes.push(outcome.hash);
    if (told?.status === 'cancelled') this.cancelled++;
    if (told?.status === 'failed') this.failedJobs++;
    for (const [kind, count] of outcome.applied) {
      this.faults.set(kind, (this.faults.get(kind) ?? 0) + count);
    }
    this.missedFaults += outcome.missed;
    this.broughtBack += outcome.broughtBack;
    const { tally } = outcome;
    this.mapAttempts += tally.mapAttempts;
    this.mapsLost += tally.mapsLost;
    this.reduceAttempts += tally.reduceAttempts;
    this.reducesLost += tally.reducesLost;
  }

  totals(
    maps: number,
    reduces: number,
  ): Pick<
    SimulationResult,
    | 'schedules'
    | 'events'
    | 'simulatedMicroseconds'
    | 'faults'
    | 'missedFaults'
    | 'broughtBack'
    | 'tasks'
    | 'cancelled'
    | 'failedJobs'
    | 'traceHash'
  > {
    const { schedules } = this;
    return {
      schedules,
      events: this.events,
      simulatedMicroseconds: this.simulated,
      faults: Object.fromEntries(this.faults),
      missedFaults: this.missedFaults,
      broughtBack: this.broughtBack,
      tasks: {
        map: { total: maps * schedules, attempts: this.mapAttempts, lost: this.mapsLost },
        reduce: {
          total: reduces * schedules,
          attempts: this.reduceAttempts,
          lost: this.reducesLost,
        },
      },
      cancelled: this.cancelled,
      failedJobs: this.failedJobs,
      traceHash: combinedHash(this.hashes),
    };
  }
}
