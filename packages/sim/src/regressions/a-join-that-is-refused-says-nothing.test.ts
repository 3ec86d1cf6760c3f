// A replica that begins a new life knows of no epoch, so that its first join is refused and changes nothing.
// A checker took it for heard, and blamed the primary for work that it gave to the life before.
import { expect, test } from 'vitest';
import { smallOptions } from '../exhaustive/small-options.ts';
import { simulate } from '../simulate.ts';

test('who was refused has not been heard', () => {
  const { checks } = simulate({
    ...smallOptions('steady'),
    failRate: 0,
    schedules: 1,
    keepGoing: false,
    faults: [
      { at: 83_000, kind: 'hold', target: 'primary->replica-0', until: 543_000 },
      { at: 110_000, kind: 'crash', target: 'replica-0', disk: 'wiped', until: 125_000 },
    ],
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
