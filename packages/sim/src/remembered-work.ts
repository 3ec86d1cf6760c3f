/**
 * The work of a schedule that remembers what every attempt gave, so that the schedule can be run
 * again for its story and its trace and takes the same course. Of a job that gives something else
 * when a task runs again, which is what one wants a story of, the executor would not know it: what it
 * executes and what it remembers depends on the schedules before.
 */
import type {
  AttemptId,
  JobPlan,
  JobSpec,
  LispingError,
  Microseconds,
  TaskError,
} from '@lisping/core';
import type { WorkLeft } from './bound.ts';
import type { Output } from './disk.ts';
import type { Executed, Remains, SubmittedJob, Work } from './work.ts';
import type { MapMade, ReduceMade } from './made.ts';

export class RememberedWork implements Work {
  readonly jobs: readonly SubmittedJob[];
  private readonly work: Work;
  /** The run before, whose results are given again in the order in which they were asked for. */
  private readonly before: RememberedWork | null;
  private readonly maps: Executed<MapMade>[] = [];
  private readonly reduces: Executed<ReduceMade>[] = [];

  constructor(work: Work, before: RememberedWork | null) {
    this.jobs = work.jobs;
    this.work = work;
    this.before = before;
  }

  map(attempt: AttemptId): Executed<MapMade> {
    const executed = this.before?.maps[this.maps.length] ?? this.work.map(attempt);
    this.maps.push(executed);
    return executed;
  }

  reduce(attempt: AttemptId, outputs: readonly Output[]): Executed<ReduceMade> {
    const known = this.before?.reduces[this.reduces.length];
    const executed = known ?? this.work.reduce(attempt, outputs);
    this.reduces.push(executed);
    return executed;
  }

  plan(spec: JobSpec): JobPlan {
    return this.work.plan(spec);
  }

  durationOf(attempt: AttemptId): Microseconds | null {
    return this.work.durationOf(attempt);
  }

  left(remains: Remains): WorkLeft {
    return this.work.left(remains);
  }

  taskError(error: LispingError): TaskError {
    return this.work.taskError(error);
  }
}
