// Every copy of a page of locations made a reduce ask for the next one. On a network that delivers
// everything twice the questions grew fourfold with each page: two million messages in a fifth of a second.
import { expect, test } from 'vitest';
import { referenceWorkload } from '../reference/workload.ts';
import { simulate } from '../simulate.ts';

test('a network that doubles messages costs a multiple, not a power', () => {
  const { verdict, checks, events } = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas: 50,
    slots: 2,
    failRate: 0,
    seed: 'doubled',
    schedules: 1,
    keepGoing: false,
    faults: [
      {
        at: 9_000_000,
        kind: 'duplication',
        target: 'primary<->*',
        until: 18_000_000,
        perMille: 1000,
      },
    ],
    knobs: { page: 2 },
    parameters: {},
    memo: true,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe('passed');
  expect(events).toBeLessThan(100_000);
});
