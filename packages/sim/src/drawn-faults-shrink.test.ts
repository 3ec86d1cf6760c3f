// Schedules drawn by fast-check: all of them are survived, and what is not shrinks to what matters.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsArbitrary } from './arbitraries.ts';
import { parseFaults } from './fault-list.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';

const REPLICAS = 3;
const setting = { replicas: REPLICAS, makespan: 20_000_000, maps: 6, reduces: 2 };
const reference = referenceWorkload();

test('whatever is drawn is a schedule, and the protocol survives it', () => {
  fc.assert(
    fc.property(faultsArbitrary(setting), (faults) => {
      expect(parseFaults(JSON.parse(JSON.stringify(faults)), REPLICAS)).toEqual(faults);
      const result = simulate({
        ...reference,
        inputs: reference.inputs.map(({ path, bytes }) => ({
          path,
          bytes: bytes.subarray(0, 6000),
        })),
        reduces: setting.reduces,
        jobName: 'word-count',
        replicas: REPLICAS,
        slots: 2,
        failRate: 0,
        seed: 'drawn',
        schedules: 1,
        keepGoing: false,
        faults: () => faults,
        parameters: {},
        memo: true,
      });
      expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('what fails shrinks to the one fault that matters', () => {
  const isAboutPrimary = (target: string): boolean => target === 'primary';
  const found = fc.check(
    fc.property(
      faultsArbitrary(setting),
      (faults) => !faults.some(({ kind, target }) => kind === 'pause' && isAboutPrimary(target)),
    ),
    { numRuns: 2000, seed: 1 },
  );
  expect(found.counterexample).toEqual([[{ at: 0, kind: 'pause', target: 'primary', until: 1 }]]);
});
