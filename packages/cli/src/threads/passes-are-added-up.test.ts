// What a pipeline is said to have gone through is the sum over its passes, not what the last one saw.
import { job, sum, type AnyJob } from '@lisping/core';
import { SPLIT_BYTES_DEFAULT } from '@lisping/runtime';
import { NO_KNOBS, parseFaults, type FaultGenerator } from '@lisping/sim';
import { expect, test } from 'vitest';
import { simulatePasses } from './passes.ts';

const counting = (name: string): AnyJob =>
  job({
    name,
    map(line: string, emit) {
      emit(line, 1);
    },
    combine: sum,
    reduce(line, counts, emit) {
      emit(line, sum(counts));
    },
  });

const at = 4_000_000;
const cancelled = parseFaults([{ at, kind: 'cancel', target: 'client' }], 3);
const full = parseFaults([{ at, kind: 'store-full', target: 'store', until: 900_000_000 }], 3);

/** Schedule 0 has the seed itself, the others have a hash of it. */
const firstAlone =
  (faults: typeof full): FaultGenerator =>
  (seed) =>
    seed === 'first' ? faults : [];

test('jobs that were cancelled, and jobs that failed as they must', () => {
  const setting = {
    jobs: [counting('one'), counting('two'), counting('three')],
    inputs: [{ path: 'in', bytes: new TextEncoder().encode('a\nb\n') }],
    jobHash: null,
    splitBytes: SPLIT_BYTES_DEFAULT,
    reduces: 1,
    places: null,
    workload: null,
    fingerprint: '',
  };
  const shared = {
    replicas: 3,
    slots: 2,
    failRate: 0,
    seed: 'first',
    schedules: 3,
    keepGoing: true,
    parameters: {},
    memo: true,
    knobsOf: () => NO_KNOBS,
    faultsOf: (pass: number) => firstAlone(pass === 1 ? full : cancelled),
  };
  const { total, results } = simulatePasses(setting, shared, [], () => null);
  expect(results).toHaveLength(3);
  expect(total).toMatchObject({ verdict: 'passed', cancelled: 2, failedJobs: 1 });
});
