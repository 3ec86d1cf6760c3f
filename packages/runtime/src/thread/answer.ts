// The other end of supervise.ts: what runs inside the thread.
import { parentPort, workerData } from 'node:worker_threads';
import { isLispingError, LispingError } from '@lisping/core';
import { listenForLateWork } from '../engine/late-work.ts';
import type { FromThread } from './supervise.ts';

/** What a thread gives to its work. */
interface ThreadSide {
  /** To be called before anything appears: throws what a timer or a promise of the job threw. */
  settled(): Promise<void>;
  /** What to say from now on when the job ends the process; its stack shows the place. */
  onExit(error: (code: number) => LispingError): void;
}

type Work<Task, Progress, Result> = (
  task: Task,
  progress: (progress: Progress) => void,
  side: ThreadSide,
) => Promise<Result>;

/** Does the work that the thread was started for, and sends what became of it. */
export async function answerAsThread<Task, Progress, Result>(
  work: Work<Task, Progress, Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this module is the entry of a thread');
  const send = (message: FromThread<Progress, Result>): void => port.postMessage(message);
  const fail = (error: LispingError): void =>
    send({ kind: 'failed', error: error.toJSON(), stack: stackOf(error) });
  let exitError: ((code: number) => LispingError) | null = null;
  const exiting = (code: number): void => {
    if (exitError !== null) fail(exitError(code));
  };
  process.once('exit', exiting);
  try {
    // The cast: the one who starts the thread gives the task that belongs to it.
    const task = workerData as Task;
    const tell = (progress: Progress): void => send({ kind: 'progress', progress });
    const onExit = (error: typeof exitError): void => void (exitError = error);
    const result = await settling((settled) => work(task, tell, { settled, onExit }));
    process.off('exit', exiting);
    send({ kind: 'done', result });
  } catch (error) {
    process.off('exit', exiting);
    fail(isLispingError(error) ? error : defect(error));
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
