// Whether the schedule of a result takes the same course when it is run again; users are told in
// plain words where it does not.
import { LispingError, type ErrorReport } from '@lisping/core';
import { divergenceOf, divergenceWords } from '@lisping/sim';
import type { PassesResult } from './passes.ts';
import type { SimSetting } from './sim-setting.ts';

interface Nondeterminism {
  readonly verdict: 'failed';
  readonly error: ErrorReport;
  readonly stack: string;
  /** Both runs, from the last event at which they were alike. */
  readonly divergence: readonly string[];
}

export async function nondeterminismOf(
  { last, results }: PassesResult,
  { jobs }: SimSetting,
): Promise<Nondeterminism | null> {
  const result = results.at(-1);
  // A task without end is stopped by a clock, so that it may be stopped elsewhere.
  if (result === undefined || result.error?.code === 'LISPING_E_TASK_STUCK') return null;
  if (last === null) return null;
  const { trace: _, observe: __, onSchedule: ___, ...options } = last;
  const divergence = await divergenceOf(options, result.resolved);
  if (divergence === null) return null;
  const { first, inUserCode } = divergence;
  const task = first?.event.event === 'executed' ? nameOf(first.event.attempt) : 'a task';
  const name = jobs[results.length - 1]?.name ?? '';
  const error = inUserCode
    ? new LispingError(
        'LISPING_E_NONDETERMINISTIC',
        `the job ${name} is not deterministic: ${task} gave something else when the same schedule was run again`,
      )
    : new LispingError(
        'LISPING_E_NONDETERMINISTIC',
        'the same schedule took another course when it was run again, and not because of the job',
        { hint: 'This is a defect of Lisping: please report it with the two events below.' },
      );
  return {
    verdict: 'failed',
    error: error.toJSON(),
    stack: error.stack ?? '',
    divergence: divergenceWords(divergence),
  };
}

/** `map-3`, of `map-3/1.0`. */
function nameOf(attempt: string): string {
  return attempt.split('/')[0] ?? attempt;
}
