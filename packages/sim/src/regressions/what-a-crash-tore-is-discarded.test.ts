// A replica died in the middle of storing an output that had won, and was told in its next life to discard
// what was left of it. A checker took that for an output given up without a reason.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('what an earlier life has left may be discarded', () => {
  const ground = GROUNDS.find(({ name }) => name === 'two replicas');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const primary = { target: 'primary' } as const;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    failRate: 0,
    seed: '566d964b2e75f33d',
    schedules: 1,
    keepGoing: false,
    knobs: { page: 1, fetchesInFlight: 2, heartbeat: 1_200_000, latency: 300, jitter: 60_000 },
    faults: [
      {
        at: 0,
        kind: 'crash-at-write',
        target: 'replica-0',
        until: 15_224_847,
        write: 3,
        when: 'torn',
        down: 3_998_992,
      },
      { at: 2_485_326, kind: 'cut', target: 'replica-1<->primary', until: 19_533_729 },
      { at: 4_441_906, kind: 'slow', target: 'replica-1', until: 34_635_372, factor: 4 },
      { at: 4_485_326, kind: 'journal-slow', ...primary, until: 25_533_729, by: 1_215_788 },
      { at: 6_623_005, kind: 'journal-cut', ...primary, until: 12_953_085 },
      { at: 7_441_906, kind: 'journal-slow', ...primary, until: 34_635_372, by: 537_941 },
    ],
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
