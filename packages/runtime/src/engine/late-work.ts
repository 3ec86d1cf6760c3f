// Functions of a job are synchronous. What they left to timers and promises runs when nobody waits for
// it any more, so it must be noticed before the output appears.
import { isLispingError, LispingError } from '@lisping/core';

/** Hears what timers and promises throw, which Node would otherwise end the thread for. */
export interface LateWork {
  /** Lets what is due run, and throws the first thing that it threw. */
  settled(): Promise<void>;
}

/** Listens from now on, for as long as this thread lives. */
export function listenForLateWork(): LateWork {
  let first: LispingError | null = null;
  const heard = (cause: unknown): void => void (first ??= lateError(cause));
  process.on('uncaughtException', heard);
  process.on('unhandledRejection', heard);
  return {
    async settled() {
      await dueWork();
      if (first !== null) throw first;
    },
  };
}

/** The result of `action`, and how many timers and the like it left behind. */
export function countingLeft<T>(action: () => T): { readonly result: T; readonly left: number } {
  const before = waiting();
  const result = action();
  return { result, left: Math.max(0, waiting() - before) };
}

/** LISPING_E_ASYNC for a job that left something behind. */
export function leftBehind(left: number): LispingError {
  const what = left === 1 ? 'a timer or a callback' : `${left} timers or callbacks`;
  return new LispingError('LISPING_E_ASYNC', `the job left ${what} behind when it had ended`);
}

/** Timers run in the order of their times, and none is shorter than 1 ms; immediates come after them. */
async function dueWork(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}

/** Not all that is active: a job that prints, for one, wakes ports that belong to the thread. */
const OF_A_JOB = /^(Timeout|Immediate|FSReq|GetAddrInfo|TCP|ProcessWrap)/;

function waiting(): number {
  return process.getActiveResourcesInfo().filter((name) => OF_A_JOB.test(name)).length;
}

/** `emit` refuses a late call by itself, and names the record. */
function lateError(cause: unknown): LispingError {
  if (isLispingError(cause) && cause.code === 'LISPING_E_ASYNC') return cause;
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new LispingError('LISPING_E_ASYNC', `a timer or a promise of the job threw ${said}`, {
    cause,
  });
}
