// A reduce attempt had read one page of the log, the next was cut off, and the heartbeat timer let it fetch
// what it knew: it began with the first version of a map, though its replica had heard of the second.
import { expect, test } from 'vitest';
import { smallOptions } from '../exhaustive/small-options.ts';
import { simulate } from '../simulate.ts';

test('no reduce begins on places and versions that the next page of the log replaces', () => {
  const { verdict, checks } = simulate({
    ...smallOptions('moody'),
    failRate: 0,
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 76_000, kind: 'pause', target: 'replica-0', until: 536_000 },
      { at: 516_000, kind: 'cut', target: '*->primary', until: 976_000 },
    ],
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe('passed');
});
