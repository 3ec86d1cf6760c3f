import { expect, test } from 'vitest';
import { parseFaults } from './fault-list.ts';
import { faultScript } from './fault-script.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';

test('verbs become the records of a fault file', () => {
  const faults = faultScript()
    .after(2_000_000)
    .partition('replica-1', 'primary')
    .crash('replica-2', 'wiped')
    .hold('replica-0', 'store')
    .after(5_000_000)
    .repair('primary', 'replica-1')
    .bounce('replica-2')
    .release('replica-0', 'store')
    .pause('primary', 10_000)
    .slow('replica-0', 10, 3_000_000)
    .bounce('replica-0')
    .faults();
  expect(faults).toEqual([
    { at: 2_000_000, kind: 'cut', target: 'replica-1<->primary', until: 7_000_000 },
    { at: 2_000_000, kind: 'crash', target: 'replica-2', disk: 'wiped', until: 7_000_000 },
    { at: 2_000_000, kind: 'hold', target: 'replica-0<->store', until: 7_000_000 },
    { at: 7_000_000, kind: 'pause', target: 'primary', until: 7_010_000 },
    { at: 7_000_000, kind: 'slow', target: 'replica-0', until: 10_000_000, factor: 10 },
    { at: 7_000_000, kind: 'crash', target: 'replica-0', disk: 'kept', until: 7_000_001 },
  ]);
  expect(parseFaults(JSON.parse(JSON.stringify(faults)), 3)).toEqual(faults);
  const result = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas: 10,
    slots: 2,
    failRate: 0,
    seed: 'script',
    schedules: 1,
    keepGoing: false,
    faults,
    parameters: {},
    memo: true,
  });
  expect(result).toMatchObject({
    verdict: 'passed',
    faults: { crash: 2, cut: 1, hold: 1, pause: 1, slow: 1 },
  });
});

test('what was never ended ends with the script, except that who crashed stays away', () => {
  const script = faultScript().partitionOneway('primary', 'replica-0').crash('replica-1').after(9);
  expect(script.faults()).toEqual([
    { at: 0, kind: 'cut', target: 'primary->replica-0', until: 9 },
    { at: 0, kind: 'crash', target: 'replica-1', disk: 'kept', until: null },
  ]);
});

test('mending what is whole is refused', () => {
  expect(() => faultScript().repair('replica-1', 'primary')).toThrow(/nothing is parted between/);
  expect(() => faultScript().release('replica-1', 'primary')).toThrow(/nothing is held between/);
});
