/** All checkers, in the order in which summaries print them. */
import type { Observer } from '../observe.ts';
import type { CheckContext, Checker } from './checker.ts';

export type { CheckContext, Checker, Expected, ExpectedFailure, Verdict } from './checker.ts';

/** What watches one run. */
export interface Checks {
  /** Everything to be registered with the world, in this order: checkers and what they share. */
  readonly observers: readonly Observer[];
  /** Asked for verdicts when the run is over. */
  readonly checkers: readonly Checker[];
}

/** Makes new checkers for one run. */
export function createCheckers(_context: CheckContext): Checks {
  return { observers: [], checkers: [] };
}
