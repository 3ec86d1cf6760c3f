// Heavy work and users' code run in a thread of their own, so that the main thread can always answer
// Ctrl-C, draw progress, and end a loop that has no end. The thread owns nothing that outlives it:
// what it may leave on disk was named beforehand (see OutputPlan).
import { Worker } from 'node:worker_threads';
import { LispingError, type ErrorReport } from '@lisping/core';

/** What a thread sends: any number of `progress`, then one `done` or `failed`. */
export type FromThread<Progress, Result> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'failed'; readonly error: ErrorReport; readonly stack: string };

/** Work that is under way. */
export interface Supervised<Result> {
  /** Rejects with a LispingError, whatever went wrong inside. */
  readonly result: Promise<Result>;
  /** Ends the thread at once, even within a user's loop; `result` then never settles. */
  stop(): Promise<void>;
}

/** Starts `entry` in a thread; it must call `answerAsThread`. */
export function supervise<Progress, Result>(
  entry: URL,
  task: object,
  onProgress: (progress: Progress) => void,
): Supervised<Result> {
  // What a job prints goes to stderr: stdout belongs to the result.
  const worker = new Worker(entry, { workerData: task, stdout: true, stderr: false });
  worker.stdout.pipe(process.stderr, { end: false });
  let stopped = false;
  const result = new Promise<Result>((resolve, reject) => {
    const settle = (action: () => void): void => {
      if (!stopped) action();
    };
    worker.on('message', (message: FromThread<Progress, Result>) => {
      if (message.kind === 'progress') settle(() => onProgress(message.progress));
      else if (message.kind === 'done') settle(() => resolve(message.result));
      else settle(() => reject(revived(message)));
    });
    worker.on('error', (error: Error) => settle(() => reject(threadError(error))));
    worker.on('exit', (code) => settle(() => reject(endedEarly(code))));
  });
  return {
    result,
    async stop() {
      stopped = true;
      await worker.terminate();
    },
  };
}

/** Errors cross threads as data; the class is put back on this side. */
function revived({ error, stack }: { error: ErrorReport; stack: string }): LispingError {
  const { code, message, ...details } = error;
  const revivedError = new LispingError(code, message, details);
  revivedError.stack = stack;
  return revivedError;
}

function threadError(error: Error): LispingError {
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory
    ? new LispingError('LISPING_E_TASK_DIED', 'memory ran out', {
        hint: 'Keep less in map and reduce, or give Node more: NODE_OPTIONS=--max-old-space-size=MB',
        cause: error,
      })
    : new LispingError('LISPING_E_INTERNAL', error.message, { cause: error });
}

function endedEarly(code: number): LispingError {
  return new LispingError('LISPING_E_TASK_DIED', `the job ended its process (exit code ${code})`, {
    hint: 'A job must not call process.exit(), nor wait at its top level for what never comes.',
  });
}
