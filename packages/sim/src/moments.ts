/** When the primary begins to write to its journal in a run: what follows is decided within milliseconds. */
import type { Effect, Microseconds } from '@lisping/core';
import type { Observer } from './observe.ts';

/** The moments of a schedule that is run for them alone, ascending. */
export function journalMoments(schedule: {
  run(observers: readonly Observer[]): unknown;
}): readonly Microseconds[] {
  const moments: Microseconds[] = [];
  const note = (now: Microseconds, effects: readonly Effect[]): void => {
    if (effects.some(({ kind }) => kind === 'journal-write')) moments.push(now);
  };
  schedule.run([
    {
      delivered: (now, _node, _from, _message, effects) => note(now, effects),
      completed: (now, _node, _request, _result, effects) => note(now, effects),
    },
  ]);
  return moments;
}
