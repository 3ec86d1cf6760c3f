// Heavy work and users' code run in a thread of their own, so that the main thread can always answer
// Ctrl-C, draw progress, and end a loop that has no end. The thread owns nothing that outlives it:
// what it may leave on disk was named beforehand (see OutputPlan and makeJobDirectory).
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { LispingError, type ErrorReport, type RecordRef } from '@lisping/core';
import { removeJobDirectories } from '../load/job-directory.ts';

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

export interface SupervisorOptions<Progress> {
  readonly onProgress: (progress: Progress) => void;
  /** Where what a job prints goes: not to stdout when that belongs to a JSON object. */
  readonly jobOutput: NodeJS.WritableStream;
  /** Of the thread's heap; Node's own where absent. */
  readonly resourceLimits?: ResourceLimits;
}

/** Starts `entry` in a thread; it must call `answerAsThread`. */
export function supervise<Progress, Result>(
  entry: URL,
  task: object,
  { onProgress, jobOutput, resourceLimits = {} }: SupervisorOptions<Progress>,
): Supervised<Result> {
  const worker = new Worker(entry, {
    workerData: task,
    stdout: true,
    stderr: false,
    resourceLimits,
  });
  worker.stdout.pipe(jobOutput, { end: false });
  let stopped = false;
  const result = new Promise<Result>((resolve, reject) => {
    let answered = false;
    const answer = (action: () => void): void => {
      answered = true;
      // What the job printed comes before what we print about it.
      if (!stopped) void ended(worker).then(action);
    };
    worker.on('message', (message: FromThread<Progress, Result>) => {
      if (stopped) return;
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'done') answer(() => resolve(message.result));
      else answer(() => reject(revived(message)));
    });
    worker.on('error', (error: Error) => {
      if (!stopped && !answered) reject(threadError(error));
    });
    const { threadId } = worker; // gone when the thread is
    worker.on('exit', (code) => {
      if (stopped || !answered) removeJobDirectories(threadId);
      if (!stopped && !answered) reject(endedEarly(code));
    });
  });
  return {
    result,
    async stop() {
      stopped = true;
      await worker.terminate();
    },
  };
}

const FAREWELL_MS = 500;

/** Until the thread has said everything; a timer that the job left running must not hold us up. */
async function ended(worker: Worker): Promise<void> {
  const impatience = setTimeout(() => void worker.terminate(), FAREWELL_MS);
  await new Promise((resolve) => worker.once('exit', resolve));
  clearTimeout(impatience);
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

/** Node's code for a module that waits for ever; functions of a job cannot wait. */
const WAITS_AT_THE_TOP = 13;

function endedEarly(code: number): LispingError {
  if (code === WAITS_AT_THE_TOP) {
    return new LispingError('LISPING_E_JOB_LOAD', 'the job file never came to its end', {
      hint: 'It waits at its top level (await) for what never comes.',
    });
  }
  return exitedEarly(code);
}

/** The job called process.exit(). */
export function exitedEarly(code: number, record?: RecordRef): LispingError {
  return new LispingError('LISPING_E_TASK_DIED', `the job ended its process (exit code ${code})`, {
    hint: 'A job must not call process.exit().',
    record,
  });
}
