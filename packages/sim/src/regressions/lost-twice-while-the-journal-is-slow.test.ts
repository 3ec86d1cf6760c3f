// While one batch was on its way into a slow journal, a replica was lost, came back and was lost again. The entry of
// its first loss was taken for that of the second, so that it was welcome when it came back once more, though
// the journal was about to say that it was lost: a successor would not have waited to hear what it runs.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';

test('who is lost twice is not welcome before the journal says that it is back', () => {
  const ground = GROUNDS.find(({ name }) => name === 'lists of several pages');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  const { checks } = simulate({
    ...setting,
    jobName: ground.job.name,
    failRate: 0,
    seed: 'a34c212c3320dba9',
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 0, kind: 'slow', target: 'replica-1', until: 3_000_000, factor: 4 },
      {
        at: 2_000_000,
        kind: 'delay',
        target: 'replica-0->primary',
        until: 22_000_000,
        by: 2_000_000,
        perMille: 1000,
      },
      { at: 8_000_000, kind: 'pause', target: 'replica-2', until: 13_000_000 },
      {
        at: 10_000_000,
        kind: 'journal-slow',
        target: 'primary',
        until: 20_000_000,
        by: 1_500_000,
      },
      { at: 13_500_000, kind: 'crash', target: 'replica-2', disk: 'kept', until: 20_500_000 },
    ],
    parameters: {},
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
