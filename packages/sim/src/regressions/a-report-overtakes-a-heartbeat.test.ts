// A heartbeat that still calls an attempt running came after the attempt's report. The primary took its
// picture of the replica for stale and asked for a snapshot, and the work it gave away meanwhile was
// lost, since a replica that joins anew takes none: without any fault, on a network that is only uneven.
import { expect, test } from 'vitest';
import { referenceWorkload } from '../reference/workload.ts';
import { simulate } from '../simulate.ts';

test('a report that is faster than a heartbeat costs nobody anything', () => {
  const { checks, tasks } = simulate({
    ...referenceWorkload(),
    jobName: 'word-count',
    replicas: 50,
    slots: 2,
    failRate: 0,
    seed: '12c4817525373a17',
    schedules: 1,
    keepGoing: false,
    faults: [],
    knobs: { jitter: 60_000 },
    parameters: {},
    memo: true,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(tasks.reduce.attempts).toBe(16);
});
