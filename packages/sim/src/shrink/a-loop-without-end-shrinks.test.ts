// User code that has no end is stopped by a clock, which decides nothing but that: what hangs is found
// as fast when the makespan is known as when it is measured, and shrinks to the record it is at.
import { job } from '@lisping/core';
import { expect, test } from 'vitest';
import { simulate } from '../simulate.ts';
import type { SimulationOptions } from '../simulate.ts';
import { shrink } from './shrink.ts';

const endless = job({
  name: 'endless',
  map(line: string, emit) {
    while (line.includes('lighthouse'));
    emit(line, 1);
  },
  reduce(line, _, emit) {
    emit(line);
  },
});

const text = Array.from({ length: 40 }, (_, i) => (i === 23 ? 'the lighthouse' : `line ${i}`));

const options: SimulationOptions = {
  job: endless,
  jobName: endless.name,
  inputs: [{ path: 'in', bytes: new TextEncoder().encode(text.join('\n')) }],
  replicas: 5,
  slots: 2,
  failRate: 0.5,
  reduces: 2,
  splitBytes: 60,
  seed: 's',
  schedules: 1,
  keepGoing: false,
  faults: null,
  parameters: {},
  memo: true,
  patience: 150,
};

test('the oracle is no place to hang either', () => {
  const began = performance.now();
  const result = simulate({ ...options, makespan: 20_000_000 });
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(result.error).toMatchObject({
    code: 'LISPING_E_TASK_STUCK',
    record: { input: 'in', text: 'the lighthouse' },
  });
});

test('what is left is the record, and the story of its four attempts', () => {
  const { failing } = simulate(options);
  if (failing === undefined) return expect.unreachable('it hangs');
  const small = shrink(options, failing);
  expect(small).toMatchObject({ faults: [], replicas: 1, maps: 1, minimal: true });
  expect(new TextDecoder().decode(small?.inputs[0]?.bytes).trim()).toBe('the lighthouse');
  const attempts = small?.story.filter(({ text: line }) => line.includes('did not return'));
  expect(attempts).toHaveLength(4);
});
