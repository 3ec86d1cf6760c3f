/**
 * User code may run without end. A task that is really executed runs under a watchdog, so that an
 * endless loop becomes an error that names the record, and not a simulator that hangs.
 *
 * The watchdog counts real time, but it only ever ends a run: no result depends on it.
 */
import vm from 'node:vm';

/** The task did not return in time. */
export class Stuck extends Error {
  override readonly name: string = 'Stuck';
}

const box: { task: (() => void) | null } = { task: null };
const context = vm.createContext({ run: () => box.task?.() });
const script = new vm.Script('run()');

/** Runs the task, or throws {@link Stuck} when it takes longer than so many milliseconds. */
export function runGuarded<T>(task: () => T, milliseconds: number): T {
  const results: T[] = [];
  const outer = box.task;
  box.task = () => void results.push(task());
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    throw isTimeout(error) ? new Stuck(`no end after ${milliseconds} ms`) : error;
  } finally {
    box.task = outer;
  }
  const [result] = results;
  return result as T; // the task has returned, and its result lies at place 0
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
