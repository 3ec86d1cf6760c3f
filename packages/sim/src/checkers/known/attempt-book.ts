/** What was seen of each attempt of the job, found by its name without a hash or a string. */
import { sameAttempt } from '@lisping/core';
import type { AttemptId, JobId, Message, Microseconds, NodeId } from '@lisping/core';
import type { Execution, Fate, Interest, Observer } from '../../observe.ts';

export interface AttemptPage {
  readonly attempt: AttemptId;
  /** Its last execution that gave a result. */
  execution: Execution | null;
  /** When that was; long ago when never. */
  executedAt: Microseconds;
  /** By epoch: when it first told that the attempt was unwanted or void. */
  readonly revokedAt: Microseconds[];
  /** By epoch: when a report of it that was not stale first reached it. */
  readonly reportedAt: Microseconds[];
}

/** An attempt that was given to a replica. */
export interface Given {
  readonly attempt: AttemptId;
  readonly to: NodeId;
  readonly at: Microseconds;
}

export class AttemptBook implements Observer {
  readonly interest: Interest = { of: 'primaries', messages: ['assign'] };
  private readonly maps: AttemptPage[][] = [];
  private readonly reduces: AttemptPage[][] = [];
  private readonly givenMaps: Given[][] = [];
  private readonly givenReduces: Given[][] = [];
  private readonly job: JobId;

  constructor(job: JobId) {
    this.job = job;
  }

  /** The page of the attempt, a new one when nothing was seen of it yet. */
  page(attempt: AttemptId): AttemptPage {
    const tasks = attempt.kind === 'map' ? this.maps : this.reduces;
    const pages = (tasks[attempt.task] ??= []);
    for (const page of pages) if (sameAttempt(page.attempt, attempt)) return page;
    const page: AttemptPage = {
      attempt,
      execution: null,
      executedAt: Number.NEGATIVE_INFINITY,
      revokedAt: [],
      reportedAt: [],
    };
    pages.push(page);
    return page;
  }

  executed(now: Microseconds, _node: NodeId, execution: Execution): void {
    const page = this.page(execution.attempt);
    page.execution = execution;
    page.executedAt = now;
  }

  /** The attempts at a task, in the order in which they were given away. */
  given(kind: AttemptId['kind'], task: number): readonly Given[] {
    return (kind === 'map' ? this.givenMaps : this.givenReduces)[task] ?? [];
  }

  sent(at: Microseconds, _from: NodeId, to: NodeId, message: Message, fate: Fate): void {
    if (message.kind !== 'assign' || fate === 'duplicate') return;
    const { attempt } = message;
    if (attempt.job !== this.job) return;
    const tasks = attempt.kind === 'map' ? this.givenMaps : this.givenReduces;
    (tasks[attempt.task] ??= []).push({ attempt, to, at });
  }
}
