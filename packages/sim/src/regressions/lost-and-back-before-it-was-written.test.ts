// A replica was taken for lost while the journal was slow, came back, and only then was its loss written down.
// A checker took the entry for news and blamed the primary for naming what the replica had brought back.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('a loss that was decided before a replica came back says nothing of it', () => {
  const ground = GROUNDS.find(({ name }) => name === 'a map that is not deterministic');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    failRate: 0,
    seed: '8b94d289908e18e6',
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 2_317_264, kind: 'hold', target: 'replica-0<->primary', until: 2_441_330 },
      { at: 9_818_589, kind: 'crash', target: 'replica-0', disk: 'kept', until: 16_232_213 },
      { at: 11_818_589, kind: 'journal-slow', target: 'primary', until: 22_232_213, by: 1_637_986 },
    ],
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
