/**
 * What the hosts of one run ask about the jobs of it: their plans, what attempts give, and how long
 * they take. User code answers in one way (executor.ts), a model of it in another (model/).
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
import type { StoreView } from './observe.ts';
import type { MapMade, ReduceMade } from './made.ts';

/** A job, and when the client submits it: so long after its own start. */
export interface SubmittedJob {
  readonly spec: JobSpec;
  readonly after: Microseconds;
}

/** What an execution gave, and whether the user's code really ran for it. */
export interface Executed<Made> {
  readonly made: Made;
  readonly real: boolean;
}

/** What a look at the world from outside shows. */
export interface Remains {
  /** The maps whose output lies whole on the disk of a replica that is up. */
  readonly held: (job: JobSpec) => ReadonlySet<number>;
  readonly store: StoreView;
  /** Slots of the replicas that are up. */
  readonly slots: number;
  readonly now: Microseconds;
}

export interface Work {
  /** In the order of their times. */
  readonly jobs: readonly SubmittedJob[];
  plan(spec: JobSpec): JobPlan;
  map(attempt: AttemptId): Executed<MapMade>;
  /** `outputs`: one of each map, in the order of their numbers. */
  reduce(attempt: AttemptId, outputs: readonly Output[]): Executed<ReduceMade>;
  /** How long user code takes for it on a healthy node; null: what the world makes of its bytes. */
  durationOf(attempt: AttemptId): Microseconds | null;
  /** What is still to be done. */
  left(remains: Remains): WorkLeft;
  /** The error as messages and journals carry it. */
  taskError(error: LispingError): TaskError;
}
