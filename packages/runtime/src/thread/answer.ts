// The other end of supervise.ts: what runs inside the thread.
import { parentPort, workerData } from 'node:worker_threads';
import { isLispingError, LispingError } from '@lisping/core';
import { listenForLateWork } from '../engine/late-work.ts';
import type { FromThread } from './supervise.ts';

/** The work of a thread; one that makes something appear calls `settled` before it does. */
type Work<Task, Progress, Result> = (
  task: Task,
  progress: (progress: Progress) => void,
  settled: () => Promise<void>,
) => Promise<Result>;

/** Does the work that the thread was started for, and sends what became of it. */
export async function answerAsThread<Task, Progress, Result>(
  work: Work<Task, Progress, Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this module is the entry of a thread');
  const send = (message: FromThread<Progress, Result>): void => port.postMessage(message);
  try {
    // The cast: the one who starts the thread gives the task that belongs to it.
    const task = workerData as Task;
    const tell = (progress: Progress): void => send({ kind: 'progress', progress });
    const result = await settling((settled) => work(task, tell, settled));
    send({ kind: 'done', result });
  } catch (error) {
    const known = isLispingError(error) ? error : defect(error);
    send({ kind: 'failed', error: known.toJSON(), stack: stackOf(known) });
  }
}

/** Work that did not wait for what its job left behind is followed by that; after a commit it is too late. */
async function settling<T>(work: (settled: () => Promise<void>) => Promise<T>): Promise<T> {
  const late = listenForLateWork();
  let isSettled = false;
  const result = await work(async () => {
    isSettled = true;
    await late.settled();
  });
  if (!isSettled) await late.settled();
  return result;
}

/** Whatever is no LispingError is a mistake of ours. */
function defect(error: unknown): LispingError {
  const message = error instanceof Error ? error.message : String(error);
  return new LispingError('LISPING_E_INTERNAL', message, { cause: error });
}

function stackOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${stackOf(error.cause)}` : own;
}
