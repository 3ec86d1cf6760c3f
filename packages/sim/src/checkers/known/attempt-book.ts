/** What was seen of each attempt of the job, found by its name without a hash or a string. */
import { sameAttempt } from '@lisping/core';
import type { AttemptId, Microseconds, NodeId } from '@lisping/core';
import type { Execution, Observer } from '../../observe.ts';

export interface AttemptPage {
  readonly attempt: AttemptId;
  /** Its last execution that gave a result. */
  execution: Execution | null;
  /** By epoch: when it first told that the attempt was unwanted or void. */
  readonly revokedAt: Microseconds[];
  /** By epoch: when a report of it that was not stale first reached it. */
  readonly reportedAt: Microseconds[];
}

export class AttemptBook implements Observer {
  private readonly maps: AttemptPage[][] = [];
  private readonly reduces: AttemptPage[][] = [];

  /** The page of the attempt, a new one when nothing was seen of it yet. */
  page(attempt: AttemptId): AttemptPage {
    const tasks = attempt.kind === 'map' ? this.maps : this.reduces;
    const pages = (tasks[attempt.task] ??= []);
    for (const page of pages) if (sameAttempt(page.attempt, attempt)) return page;
    const page: AttemptPage = { attempt, execution: null, revokedAt: [], reportedAt: [] };
    pages.push(page);
    return page;
  }

  executed(_now: Microseconds, _node: NodeId, execution: Execution): void {
    this.page(execution.attempt).execution = execution;
  }
}
