// The other end of supervise.ts: what runs inside the thread.
import { parentPort, workerData } from 'node:worker_threads';
import { isLispingError, LispingError } from '@lisping/core';
import type { FromThread } from './supervise.ts';

/** Does the work that the thread was started for, and sends what became of it. */
export async function answerAsThread<Task, Progress, Result>(
  work: (task: Task, progress: (progress: Progress) => void) => Promise<Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this module is the entry of a thread');
  const send = (message: FromThread<Progress, Result>): void => port.postMessage(message);
  try {
    // The cast: the one who starts the thread gives the task that belongs to it.
    const task = workerData as Task;
    send({
      kind: 'done',
      result: await work(task, (progress) => send({ kind: 'progress', progress })),
    });
  } catch (error) {
    const known = isLispingError(error) ? error : defect(error);
    send({ kind: 'failed', error: known.toJSON(), stack: stackOf(known) });
  }
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
