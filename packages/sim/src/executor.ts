/**
 * Runs user code for attempts, or remembers what it gave before.
 *
 * User code is expensive: a plain word count of the reference text takes longer than all the rest of
 * a schedule. So a {@link Memo} keeps segments by task, and parts by (partition, checksums consumed),
 * from schedule to schedule; of code that asks which attempt it is, by its number too. That a task
 * gives the same when it runs again is a promise of the job, not a fact: in schedules that are chosen
 * to look, the first re-execution of every task really runs, and what it gives is what the protocol
 * sees.
 */
import { epoch } from '@lisping/core';
import type { AttemptId, JobPlan, JobSpec, LispingError, Segment, TaskError } from '@lisping/core';
import { attemptKey } from './attempt-key.ts';
import type { TaskLeft, WorkLeft } from './bound.ts';
import type { Output } from './disk.ts';
import { Draws, mixKey } from './draws.ts';
import type { Executed, Remains, SubmittedJob, Work } from './work.ts';
import type { Workload } from './workload.ts';
import type { MapMade, ReduceMade } from './made.ts';

interface ReduceKept {
  readonly segments: readonly Segment[];
  readonly made: ReduceMade;
}

/** What executions gave, for one job over one input. */
export class Memo {
  hits = 0;
  misses = 0;
  readonly enabled: boolean;
  /** By task: one, or one by attempt where the user's code asked for its number. */
  readonly maps: MapMade[][] = [];
  /** The same pairs in other bytes. */
  readonly otherMaps: MapMade[][] = [];
  readonly reduces: ReduceKept[][] = [];
  /** The errors themselves, with causes and stacks, behind the plain data that travels. */
  private readonly errors: Map<string, LispingError> = new Map();

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  /** The error as messages and journals carry it. */
  taskError(error: LispingError): TaskError {
    const { code, message, record, where } = error;
    this.errors.set(errorName({ code, message }), error);
    return {
      code,
      message,
      ...(record === undefined ? {} : { record }),
      ...(where === undefined ? {} : { where }),
    };
  }

  /**
   * Forgets what a trial run gave: whether there was one must not show in the runs that follow. A
   * task that hung stays known, because to hear of it again takes long.
   */
  forget(): void {
    this.hits = 0;
    this.misses = 0;
    this.maps.forEach((kept, task) => {
      this.maps[task] = kept.filter(({ error }) => hung(error));
    });
    this.otherMaps.length = 0;
    this.reduces.forEach((kept, task) => {
      this.reduces[task] = kept.filter(({ made }) => hung(made.error));
    });
  }

  /** The error behind a plain one that came back. */
  behind(error: TaskError): LispingError | undefined {
    return this.errors.get(errorName(error));
  }
}

function errorName({ code, message }: Pick<TaskError, 'code' | 'message'>): string {
  return `${code} ${message}`;
}

function hung(error: LispingError | null): boolean {
  return error?.code === 'LISPING_E_TASK_STUCK';
}

export interface ExecutorSetting {
  /** Each has the same work to do. */
  readonly jobs: readonly SubmittedJob[];
  readonly workload: Workload;
  readonly memo: Memo;
  /** Really run the first re-execution of each task. */
  readonly suspicious: boolean;
  /** Attempts at a map differ in their bytes where the job leaves that open. */
  readonly otherBytes: boolean;
  readonly seed: string;
}

/** The executions of one schedule, of one job or of several that have the same work to do. */
export class Executor implements Work {
  readonly jobs: readonly SubmittedJob[];
  private readonly workload: Workload;
  private readonly memo: Memo;
  /** Really run the first re-execution of each task. */
  private readonly suspicious: boolean;
  private readonly order: Draws;
  private readonly bytes: Draws | null;
  /** By job and task. */
  private readonly mapRuns: number[] = [];
  private readonly reduceRuns: number[] = [];

  constructor({ jobs, workload, memo, suspicious, otherBytes, seed }: ExecutorSetting) {
    this.jobs = jobs;
    this.workload = workload;
    this.memo = memo;
    this.suspicious = suspicious;
    this.order = new Draws(seed, 'value-order');
    this.bytes = otherBytes ? new Draws(seed, 'other-bytes') : null;
  }

  plan(spec: JobSpec): JobPlan {
    return this.workload.plan(spec);
  }

  durationOf(): null {
    return null;
  }

  taskError(error: LispingError): TaskError {
    return this.memo.taskError(error);
  }

  left(remains: Remains): WorkLeft {
    const tasks: TaskLeft[] = [];
    for (const { spec } of this.jobs) tasks.push(...this.leftOf(spec, remains));
    const maps = tasks.filter(({ attempt }) => attempt.kind === 'map').length;
    return { maps, reduces: tasks.length - maps, tasks, slots: remains.slots };
  }

  private leftOf(spec: JobSpec, { held, store }: Remains): TaskLeft[] {
    const { splits } = this.workload;
    const output = store.outputs().find(({ job }) => job === spec.job);
    // Of a job that is over nobody holds anything any more.
    if (output?.success === true && this.jobs.length > 1) return [];
    const published = new Set(output?.parts.keys());
    const mapOnly = spec.reduces === 0;
    const total = splits.reduce((sum, split) => sum + split.length, 0);
    const tasks: TaskLeft[] = [];
    const done = mapOnly ? published : held(spec);
    splits.forEach(({ length }, task) => {
      if (!done.has(task)) tasks.push({ attempt: first(spec, 'map', task), bytes: length });
    });
    for (let task = 0; task < spec.reduces; task++) {
      // Nobody knows how much a job makes of its input; ten times as much is allowed for.
      const bytes = total * 10;
      if (!published.has(task)) tasks.push({ attempt: first(spec, 'reduce', task), bytes });
    }
    return tasks;
  }

  map(attempt: AttemptId): Executed<MapMade> {
    const { memo } = this;
    const { task, number } = attempt;
    const place = this.placeOf(attempt);
    const run = (this.mapRuns[place] ?? 0) + 1;
    this.mapRuns[place] = run;
    const isOther = this.isOther(attempt);
    const keptOfTask = ((isOther ? memo.otherMaps : memo.maps)[task] ??= []);
    const kept = keptOfTask.find((made) => isOf(made, number));
    if (kept !== undefined && this.trusts(run, kept.error)) {
      memo.hits++;
      return { made: kept, real: false };
    }
    memo.misses++;
    const made = this.workload.map(task, number, isOther);
    if (kept === undefined) keptOfTask.push(made);
    return { made, real: true };
  }

  private placeOf({ job, task }: AttemptId): number {
    return this.jobs.findIndex(({ spec }) => spec.job === job) + this.jobs.length * task;
  }

  /** One attempt in two differs from the rest. */
  private isOther(attempt: AttemptId): boolean {
    return this.bytes !== null && this.bytes.below(2, attemptKey(attempt)) === 1;
  }

  reduce(attempt: AttemptId, outputs: readonly Output[]): Executed<ReduceMade> {
    const { memo } = this;
    const { task, number } = attempt;
    const place = this.placeOf(attempt);
    const run = (this.reduceRuns[place] ?? 0) + 1;
    this.reduceRuns[place] = run;
    const keptOfTask = (memo.reduces[task] ??= []);
    // So many mixtures are possible that none is worth keeping.
    const isUsual = this.bytes === null || !outputs.some(({ attempt: of }) => this.isOther(of));
    const kept = isUsual
      ? keptOfTask.find(
          ({ made, segments }) => isOf(made, number) && areOf(outputs, task, segments),
        )
      : undefined;
    if (kept !== undefined && this.trusts(run, kept.made.error)) {
      memo.hits++;
      return { made: kept.made, real: false };
    }
    memo.misses++;
    const segments = outputs.flatMap((output) => output.segments[task] ?? []);
    const key = mixKey(mixKey(17, task), number);
    let drawn = 0;
    const draw = (limit: number): number => this.order.below(limit, mixKey(key, drawn++));
    const made = this.workload.reduce(task, number, segments, draw);
    if (kept === undefined && isUsual) keptOfTask.push({ segments, made });
    return { made, real: true };
  }

  private trusts(run: number, error: LispingError | null): boolean {
    if (!this.memo.enabled) return false;
    // A task that hung once is not given the chance to hang again.
    if (hung(error)) return true;
    return !(this.suspicious && run === 2);
  }
}

function first({ job }: JobSpec, kind: AttemptId['kind'], task: number): AttemptId {
  return { job, kind, task, epoch: epoch(1), number: 0 };
}

/** Whether an attempt of this number makes the same. */
function isOf({ attempt }: MapMade | ReduceMade, number: number): boolean {
  return attempt === null || attempt === number;
}

/** True when these are the segments of the partition that the outputs have, by their checksums. */
function areOf(
  outputs: readonly Output[],
  partition: number,
  segments: readonly Segment[],
): boolean {
  let at = 0;
  for (const output of outputs) {
    const segment = output.segments[partition];
    if (segment === undefined) continue;
    const other = segments[at++];
    if (segment !== other && segment.checksum !== other?.checksum) return false;
  }
  return at === segments.length;
}
