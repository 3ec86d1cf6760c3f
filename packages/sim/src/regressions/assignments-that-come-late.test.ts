// Everything that a primary said came two seconds late. An assignment is missed after two heartbeats, so that
// more attempts were begun than one for each lease, which is what a checker allowed.
import { expect, test } from 'vitest';
import { referenceWorkload } from '../reference/workload.ts';
import { simulate } from '../simulate.ts';

test('what comes late is given away again, as often as it is missed', () => {
  const { checks } = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    inputs: [{ path: 'text', bytes: new Uint8Array(0) }],
    splitBytes: 150,
    reduces: 1,
    replicas: 1,
    slots: 1,
    failRate: 0,
    seed: '95c962b70c2f9526~5',
    schedules: 1,
    keepGoing: false,
    faults: [
      {
        at: 1_000_000,
        kind: 'delay',
        target: 'primary->replica-0',
        until: 51_000_000,
        by: 2_000_000,
        perMille: 1000,
      },
    ],
    parameters: {},
    memo: true,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
