import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { swarmFaults } from './swarm.ts';
import { referenceWorkload } from './reference/workload.ts';
import { simulate } from './simulate.ts';
import type { SimulationOptions } from './simulate.ts';

const { inputs, ...workload } = referenceWorkload();

interface Shape {
  readonly replicas: number;
  readonly maps: number;
  readonly reduces: number;
}

function options({ replicas, maps, reduces }: Shape, seed: string): SimulationOptions {
  return {
    ...workload,
    inputs: inputs.map(({ path, bytes }) => ({ path, bytes: bytes.subarray(0, maps * 1000) })),
    reduces,
    jobName: 'word-count',
    replicas,
    slots: 2,
    failRate: 0,
    seed,
    schedules: 8,
    keepGoing: false,
    faults: [],
    parameters: {},
    memo: true,
  };
}

const shapes = fc.record({
  replicas: fc.integer({ min: 1, max: 8 }),
  maps: fc.integer({ min: 0, max: 12 }),
  reduces: fc.integer({ min: 0, max: 5 }),
});

describe('a job under any faults', () => {
  test('ends as without them, or cancelled by its user', () => {
    fc.assert(
      fc.property(shapes, fc.string(), (shape, seed) => {
        const calm = simulate({ ...options(shape, seed), schedules: 1 });
        expect(calm.verdict).toBe('passed');
        const stormy = simulate({
          ...options(shape, seed),
          makespan: calm.makespan,
          faults: swarmFaults,
        });
        expect([stormy.verdict, stormy.checks.filter((check) => !check.ok)]).toEqual([
          'passed',
          [],
        ]);
        if (stormy.output.parts.length > 0) {
          expect(stormy.output.sha256).toBe(calm.output.sha256);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('a fault long after the end of a job strikes nothing, and does not keep it from ending', () => {
  const shape = { replicas: 3, maps: 4, reduces: 2 };
  const late = simulate({
    ...options(shape, 'late'),
    schedules: 1,
    faults: [
      { at: 2_000_000, kind: 'pause', target: 'replica-1', until: 100_000_000_000 },
      { at: 100_000_000_000, kind: 'crash', target: 'primary', disk: 'kept', until: null },
    ],
  });
  expect(late).toMatchObject({ verdict: 'passed', faults: { pause: 1 }, missedFaults: 1 });
});
