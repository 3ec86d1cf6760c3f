// The hash of a schedule depends on nothing that was simulated before it in the same process: replaying
// it alone, with the makespan that was stored, gives the hash it had.
import { expect, test } from 'vitest';
import { referenceWorkload } from './reference/workload.ts';
import { scheduleSeed, simulate, type SimulationOptions } from './simulate.ts';

const options: SimulationOptions = {
  ...referenceWorkload(),
  jobName: 'word-count',
  replicas: 10,
  slots: 2,
  failRate: 0.5,
  seed: 'alone',
  schedules: 1,
  keepGoing: false,
  faults: null,
  parameters: {},
  memo: true,
};

test('with the makespan given instead of measured', () => {
  const measured = simulate(options);
  const given = simulate({ ...options, makespan: measured.makespan });
  expect(given.traceHash).toBe(measured.traceHash);
});

test('after other schedules or alone', () => {
  const hashes: string[] = [];
  for (const schedule of [0, 1, 2]) {
    hashes.push(simulate({ ...options, seed: scheduleSeed('alone', schedule) }).traceHash);
  }
  const two = simulate({ ...options, schedules: 2 });
  const again = simulate({ ...options, schedules: 2, makespan: two.makespan });
  expect(again.traceHash).toBe(two.traceHash);
  expect(new Set(hashes).size).toBe(3);
});
