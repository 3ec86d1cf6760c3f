// The thread behind `lisping run`: loads the job and runs it.
import { ERRORS, isLispingError, type ErrorReport, type RecordRef } from '@lisping/core';
import { runJobs, type RunResult } from '../engine/run-jobs.ts';
import type { RunningCopy } from '../load/bundle.ts';
import { loadJob } from '../load/load-job.ts';
import type { Places } from '../load/places.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { answerAsThread } from './answer.ts';
import { exitedEarly } from './supervise.ts';

/** What `lisping run` was asked to do. */
export interface RunTask {
  readonly job: string;
  readonly running: RunningCopy;
  readonly inputs: readonly string[];
  readonly plan: OutputPlan;
  readonly splitBytes: number;
  readonly reduces: number | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

export type RunProgress =
  | { readonly kind: 'pass'; readonly job: string }
  | {
      readonly kind: 'tasks';
      readonly of: 'map' | 'reduce';
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly kind: 'retry';
      readonly task: string;
      readonly attempt: number;
      readonly error: ErrorReport;
    };

/** Exit code of what the world outside did: no line of the user's is to blame for a full disk. */
const OUTSIDE = 4;

async function withPlaces<T>(places: Places, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isTheirs = isLispingError(error) && ERRORS[error.code].exit !== OUTSIDE;
    throw isTheirs ? error.with({ where: places.find(error) }) : error;
  }
}

function located(error: Parameters<RunEventsRetry>[2], places: Places): ErrorReport {
  return error.with({ where: places.find(error) }).toJSON();
}

type RunEventsRetry = Parameters<typeof runJobs>[0]['events']['retry'];
type Tasks = Parameters<typeof runJobs>[0]['events']['tasks'];

const PROGRESS_EVERY_MS = 50;

/** A million small tasks must not become a million messages. */
function rarely(tell: Tasks): Tasks {
  let last = Number.NEGATIVE_INFINITY;
  return (of, done, total) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS && done !== total) return;
    last = now;
    tell(of, done, total);
  };
}

// Last, because a module that waits at its top has only what stands above.
await answerAsThread<RunTask, RunProgress, RunResult>(async (task, progress, side) => {
  const { file, jobs, places } = await loadJob(task.job, task.running);
  let recordAtWork = (): RecordRef | undefined => undefined;
  side.onExit((code) => {
    const error = exitedEarly(code, recordAtWork());
    return error.with({ where: places.find(error) });
  });
  return await withPlaces(places, () =>
    runJobs({
      ...task,
      jobs,
      jobFile: file,
      beforeCommit: () => side.settled(),
      onPass: (job) => progress({ kind: 'pass', job: job.name }),
      events: {
        working: (where) => void (recordAtWork = where),
        tasks: rarely((of, done, total) => progress({ kind: 'tasks', of, done, total })),
        retry: (name, attempt, error) =>
          progress({ kind: 'retry', task: name, attempt, error: located(error, places) }),
      },
    }),
  );
});
