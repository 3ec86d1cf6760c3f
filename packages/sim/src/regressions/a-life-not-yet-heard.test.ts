// A replica came back without its disk, and spoke at first to a primary that had resigned. A checker took the
// slot of its new life for free, and what the old life had held for missing, before the primary could know.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('a life that its primary has not heard of has neither free slots nor lost outputs', () => {
  const ground = GROUNDS.find(({ name }) => name === 'a map that is not deterministic');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    inputs: [{ path: 'text', bytes: new Uint8Array(0) }],
    replicas: 1,
    failRate: 0,
    seed: '07a7342dcba59731~4',
    schedules: 1,
    keepGoing: false,
    faults: [
      {
        at: 0,
        kind: 'crash-at-write',
        target: 'primary',
        until: 30_000_000,
        write: 1,
        when: 'after',
        down: 1,
      },
      { at: 6_000_000, kind: 'successor', target: 'successor' },
      { at: 16_000_000, kind: 'crash', target: 'replica-0', disk: 'wiped', until: 17_000_000 },
    ],
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
