// Two alarms at a protocol that was right: what a fault had done went on after its end, and the bounds of
// what must happen in calm began with that end.
import { expect, test } from 'vitest';
import type { Fault } from '../fault.ts';
import { referenceWorkload } from '../reference/workload.ts';
import { simulate } from '../simulate.ts';

function failedChecks(seed: string, faults: readonly Fault[]): readonly string[] {
  const { checks } = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    inputs: [{ path: 'text', bytes: new Uint8Array(0) }],
    reduces: 1,
    replicas: 2,
    slots: 2,
    failRate: 0,
    seed,
    schedules: 1,
    keepGoing: false,
    faults,
    parameters: {},
    memo: true,
  });
  return checks.filter(({ ok }) => !ok).map(({ name }) => name);
}

test('a journal that was asked while it was slow may answer long after it is as fast as before', () => {
  const faults: Fault[] = [
    { at: 0, kind: 'journal-slow', target: 'journal', until: 5_000_000, by: 200_000_000 },
  ];
  expect(failedChecks('slow', faults)).toEqual([]);
});

test('a primary that waits for a slow journal is not heard yet, nor are those that follow it', () => {
  const faults: Fault[] = [
    { at: 0, kind: 'journal-slow', target: 'primary', until: 1_000_000, by: 1_700_000 },
    { at: 2_000_000, kind: 'journal-slow', target: 'primary', until: 42_000_000, by: 5_000_000 },
  ];
  expect(failedChecks('8eb748c6a6693984', faults)).toEqual([]);
});

test('who followed a primary that resigns tells the next one everything', () => {
  const faults: Fault[] = [
    {
      at: 0,
      kind: 'crash-at-write',
      target: 'primary',
      until: 1_000_000,
      write: 1,
      when: 'after',
      down: 5_000_000,
    },
    { at: 1_000_000, kind: 'crash', target: 'replica-0', disk: 'kept', until: 11_000_000 },
    { at: 6_000_000, kind: 'successor', target: 'successor' },
    { at: 20_000_000, kind: 'crash', target: 'replica-1', disk: 'kept', until: null },
  ];
  expect(failedChecks('resigned', faults)).toEqual([]);
});
