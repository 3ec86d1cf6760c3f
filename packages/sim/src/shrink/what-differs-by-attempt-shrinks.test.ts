// A job may ask which attempt it is, and do another thing in a later one. What it gave is then
// remembered by attempt: such a job fails in the same way whatever was run before, so that it can be
// shrunk, told and replayed like any other.
import { job, sum } from '@lisping/core';
import type { AnyJob, MapContext } from '@lisping/core';
import { expect, test } from 'vitest';
import { simulate } from '../simulate.ts';
import type { SimulationOptions } from '../simulate.ts';
import { shrink } from './shrink.ts';

const text = Array.from({ length: 60 }, (_, i) => `line${i} a b c`).join('\n');

function optionsFor(broken: AnyJob): SimulationOptions {
  return {
    job: broken,
    jobName: broken.name,
    inputs: [{ path: 'in', bytes: new TextEncoder().encode(text) }],
    replicas: 6,
    slots: 2,
    failRate: 0.5,
    reduces: 3,
    splitBytes: 100,
    seed: 's',
    schedules: 40,
    keepGoing: false,
    faults: null,
    parameters: {},
    memo: true,
  };
}

type Step = (line: string, context: Pick<MapContext, 'attempt'>) => number;

function counting(name: string, { inMap, inReduce }: { inMap?: Step; inReduce?: Step }): AnyJob {
  return job({
    name,
    map(line: string, emit, context) {
      for (const word of line.split(' ')) emit(word, inMap?.(line, context) ?? 1);
    },
    combine: sum,
    reduce(word, counts, emit, context) {
      emit(word, sum(counts) + (inReduce?.(word, context) ?? 0));
    },
  });
}

const CASES: readonly AnyJob[] = [
  counting('maps-more', { inMap: (_, { attempt }) => 1 + attempt }),
  counting('reduces-more', { inReduce: (_, { attempt }) => attempt }),
  counting('throws-on-a-retry', {
    inMap(line, { attempt }) {
      if (attempt > 0 && line.includes('7')) throw new Error('not again');
      return 1;
    },
  }),
];

test.each(CASES)('$name', (broken) => {
  const options = optionsFor(broken);
  const result = simulate(options);
  if (result.failing === undefined) return expect.unreachable('it fails');
  const { seed, faults } = result.failing;

  const alone = simulate({ ...options, seed, faults, schedules: 1 });
  expect(alone.resolved.traceHash).toBe(result.resolved.traceHash);

  const small = shrink(options, result.failing);
  if (small === null) return expect.unreachable('it shrinks');
  expect(small).toMatchObject({ minimal: true, without: ['passed'], cut: true });
  const again = simulate({ ...options, ...small, schedules: 1, makespan: 0 });
  expect(again.resolved.traceHash).toBe(small.traceHash);
});

test('the story names the attempt that gave other bytes, and the one that gave the first', () => {
  const options = optionsFor(counting('maps-more', { inMap: (_, { attempt }) => 1 + attempt }));
  // Its maps are over and a reduce has committed, when a disk with outputs is lost.
  const told = Array.from({ length: 30 }, (_, seed) => simulate({ ...options, seed: `${seed}` }))
    .filter(({ error }) => error?.code === 'LISPING_E_NONDETERMINISTIC_MAP')
    .map(({ failing }) => (failing?.story ?? []).map((line) => line.text).join('\n'));
  expect(told.length).toBeGreaterThan(0);
  for (const story of told) {
    expect(story).toMatch(
      /has run (map-\d+) attempt \d+, which gave other bytes than \1 attempt \d+/,
    );
  }
});

test('of a job that does not ask, a task is run once and remembered', () => {
  const options = optionsFor(counting('plain', {}));
  const result = simulate(options);
  expect(result.verdict).toBe('passed');
  const { map, reduce } = result.tasks;
  expect(map.attempts + reduce.attempts).toBeGreaterThan(map.total + reduce.total);
  expect(result.memo.misses).toBeLessThan((map.total + reduce.total) / 10);
});
