// An epoch hears of what an earlier one gave away only from the replicas that have it. A checker took a map
// that had been lost long before a primary crashed for one that its successor knew of, and blamed the
// successor for avoiding the replica whose output nobody could read.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('what no replica names to an epoch was never given away by it', () => {
  const ground = GROUNDS.find(({ name }) => name === 'two replicas');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    reduces: 1,
    failRate: 0,
    seed: 'b486533feecfa213',
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 0, kind: 'loss', target: 'replica-0->replica-1', until: 60_000_000, perMille: 1000 },
      { at: 20_000_000, kind: 'crash', target: 'primary', disk: 'kept', until: 21_000_000 },
    ],
    knobs: { secondJob: 728_251 },
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
