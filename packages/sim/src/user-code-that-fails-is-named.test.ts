import { job, sum } from '@lisping/core';
import type { AnyJob, MapContext } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';
import type { SimulationOptions } from './simulate.ts';
import { Workload } from './workload.ts';

const { inputs } = referenceWorkload();
const input = inputs.map(({ path, bytes }) => ({ path, bytes: bytes.subarray(0, 20_000) }));

function options(ofUser: AnyJob): SimulationOptions {
  return {
    job: ofUser,
    jobName: 'job',
    inputs: input,
    splitBytes: 1000,
    reduces: 3,
    replicas: 6,
    slots: 2,
    failRate: 0.5,
    seed: 'user code',
    schedules: 20,
    keepGoing: true,
    faults: null,
    parameters: {},
    memo: true,
  };
}

const countWords = (
  before: (line: string, emit: (key: string, value: number) => void, context: MapContext) => void,
): AnyJob =>
  job({
    name: 'words',
    map(line, emit, context) {
      before(line, emit, context);
      for (const word of line.split(' ')) if (word !== '') emit(word, 1);
    },
    combine: sum,
    reduce(word, counts, emit) {
      emit(word, sum(counts));
    },
  });

describe('user code', () => {
  test('that throws fails the job at the record, with its own error kept', () => {
    const result = simulate(
      options(
        countWords((line) => {
          if (line.includes('lighthouse')) throw new Error('dark');
        }),
      ),
    );
    expect(result.verdict).toBe('failed');
    expect(result.error?.code).toBe('LISPING_E_MAP_THREW');
    expect(result.error?.record?.text).toContain('lighthouse');
    expect(result.error?.cause).toMatchObject({ message: 'dark' });
  });

  test('that never returns is stopped, and the record named', () => {
    const workload = new Workload({
      job: countWords((line) => {
        while (line.includes('lighthouse'));
      }),
      inputs: input,
      reduces: 3,
      splitBytes: 20_000,
      parameters: {},
      patience: 200,
    });
    const { error } = workload.map(0, 0);
    expect(error?.code).toBe('LISPING_E_TASK_STUCK');
    expect(error?.record?.text).toContain('lighthouse');
    expect(workload.stuck).toBe(error);
  });

  test('that gives something else when it runs again is seen by the protocol', () => {
    let calls = 0;
    const moody = (): AnyJob => countWords((_line, emit) => emit(`mood ${calls++ % 7}`, 1));
    const result = simulate({ ...options(moody()), memo: false, schedules: 40, keepGoing: false });
    expect(result.verdict).toBe('failed');
  });
});

describe('the memo', () => {
  test('is used for almost everything, and doubted in the first schedule', () => {
    const calm = countWords(() => {});
    const result = simulate({ ...options(calm), schedules: 100 });
    expect(result.verdict).toBe('passed');
    const { hits, misses } = result.memo;
    // 20 maps and 3 reduces run once each; what is beyond that was run again to be compared.
    expect(misses).toBeGreaterThan(23);
    expect(hits / (hits + misses)).toBeGreaterThan(0.9);
  });
});
