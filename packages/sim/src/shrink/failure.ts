/**
 * What makes two failures the same: a shrinker that slips from the bug it was given to another one
 * explains the wrong bug.
 */
import type { LispingError } from '@lisping/core';
import type { Check } from '../checkers/index.ts';
import type { SimulationResult } from '../simulate.ts';

/** How a schedule failed, as far as a smaller one must fail alike. */
export interface Failure {
  readonly verdict: SimulationResult['verdict'];
  /** The promise that was broken first; null when none was. */
  readonly check: string | null;
  /** The job's own error, when no promise was broken. */
  readonly error: string | null;
}

interface Run {
  readonly verdict: SimulationResult['verdict'];
  readonly checks: readonly Check[];
  readonly error?: LispingError | null;
}

/** How this run failed; null when it passed. */
export function failureOf({ verdict, checks, error }: Run): Failure | null {
  if (verdict === 'passed') return null;
  if (verdict === 'no-convergence') return { verdict, check: null, error: null };
  const [first] = checks
    .filter((check) => !check.ok)
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
  if (first !== undefined) return { verdict, check: first.name, error: null };
  return {
    verdict,
    check: null,
    error: error === null || error === undefined ? null : kindOf(error),
  };
}

/** Whether this run fails like that: the same promise is broken, whichever others are as well. */
export function failsLike(run: Run, failure: Failure): boolean {
  if (run.verdict !== failure.verdict) return false;
  if (failure.check !== null) {
    return run.checks.some((check) => !check.ok && check.name === failure.check);
  }
  if (failure.error === null) return true;
  const found = failureOf(run);
  return found !== null && found.check === null && found.error === failure.error;
}

/** An error without the values in it: another record makes the same mistake. */
function kindOf({ code, message }: LispingError): string {
  const [line = ''] = message.split('\n');
  return `${code} ${line.replaceAll(/"[^"]*"|'[^']*'|\d+/g, '#')}`;
}
