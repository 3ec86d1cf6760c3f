// All parts had their winners, and the store had not answered for the last of them yet, when a map that had
// been given away in vain was taken for slow: its twin began, whose output nobody would read.
import { expect, test } from 'vitest';
import { smallOptions } from '../exhaustive/small-options.ts';
import { simulate } from '../simulate.ts';

test('no map gets a twin when every part has its winner', () => {
  const { checks, tasks } = simulate({
    ...smallOptions('steady'),
    failRate: 0,
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 113_000, kind: 'cut', target: '*->replica-1', until: 573_000 },
      { at: 373_000, kind: 'cut', target: 'store->primary', until: 653_000 },
    ],
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(tasks.reduce.attempts).toBe(2);
});
