// A second copy of the request that makes a directory was 20 s on its way. What is left of a job is deleted once
// more after 30 s, but the clock of the primary jumped ahead, so that it did that before the copy came.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('a directory that is made after a clock has jumped may stay', () => {
  const ground = GROUNDS.find(({ name }) => name === 'more replicas than work');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    inputs: [{ path: 'text', bytes: new Uint8Array(0) }],
    replicas: 1,
    reduces: 1,
    failRate: 0,
    seed: 'cfc655706b572575~3',
    schedules: 1,
    keepGoing: false,
    faults: [
      {
        at: 0,
        kind: 'duplication',
        target: 'primary->store',
        until: 1_000_000,
        perMille: 1000,
        by: 20_000_000,
      },
      {
        at: 10_000_000,
        kind: 'clock',
        target: 'primary',
        until: 11_000_000,
        offset: 370_000_000,
        drift: 0,
      },
    ],
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
