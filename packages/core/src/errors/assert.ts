// Assertions that stay on: a broken one is a defect in Lisping, and says so.
import { LispingError } from './lisping-error.ts';

/** Ends the run with LISPING_E_INTERNAL when something that must hold does not. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new LispingError('LISPING_E_INTERNAL', `assertion failed: ${what}`);
}

/** For the `default` of a switch over a union that has been exhausted. */
export function unreachable(value: never): never {
  throw new LispingError('LISPING_E_INTERNAL', `unhandled case: ${JSON.stringify(value)}`);
}
