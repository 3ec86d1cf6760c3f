import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { swarmFaults } from './swarm.ts';
import type { SimulationOptions } from './simulate.ts';
import { scheduleSeed, simulate } from './simulate.ts';
import { referenceWorkload } from './reference/workload.ts';
import type { TraceEvent } from './trace.ts';

const REPLICAS = 8;

function options(seed: string): SimulationOptions {
  const { inputs, ...workload } = referenceWorkload();
  return {
    ...workload,
    inputs: inputs.map(({ path, bytes }) => ({ path, bytes: bytes.subarray(0, 20_000) })),
    reduces: 4,
    jobName: 'word-count',
    replicas: REPLICAS,
    slots: 2,
    failRate: 0.5,
    seed,
    schedules: 5,
    keepGoing: true,
    faults: null,
    parameters: {},
    memo: true,
  };
}

describe('the same seed', () => {
  test('gives the same events in the same order, and the same hash', () => {
    for (let i = 0; i < 5; i++) {
      const runs = [0, 1].map(() => {
        const events: string[] = [];
        const result = simulate({
          ...options(`seed ${i}`),
          faults: swarmFaults,
          trace: (event: TraceEvent) => events.push(JSON.stringify(event)),
        });
        return { hash: result.traceHash, events };
      });
      const [first, second] = runs;
      const differs = first?.events.findIndex((event, i) => event !== second?.events[i]);
      expect(differs).toBe(-1);
      expect(runs[1]?.hash).toBe(runs[0]?.hash);
    }
  });

  test('gives the same hash whether or not anybody watches, or user code really runs', () => {
    const watched = simulate({ ...options('watched'), trace: () => {} });
    const real = simulate({ ...options('watched'), memo: false });
    const plain = simulate(options('watched'));
    expect(watched.traceHash).toBe(plain.traceHash);
    expect(real.traceHash).toBe(plain.traceHash);
    expect(real.memo.hits).toBe(0);
  });

  test('gives the same hash in another process', () => {
    const program = `
      import { simulate, referenceWorkload } from '${fileURLToPath(new URL('../dist/index.js', import.meta.url))}';
      const result = simulate({ ...referenceWorkload(), jobName: 'word-count', replicas: 50, slots: 2,
        failRate: 0.1, seed: 'process', schedules: 1, keepGoing: true, faults: null, parameters: {}, memo: true });
      process.stdout.write(result.traceHash);`;
    const run = (): string =>
      execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    const first = run();
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(run()).toBe(first);
  });
});

test('another seed takes another course', () => {
  expect(simulate(options('one')).traceHash).not.toBe(simulate(options('two')).traceHash);
});

test('a schedule of a run is the first schedule of its own seed', () => {
  const many = simulate({ ...options('many'), schedules: 3 });
  const third = simulate({ ...options(scheduleSeed('many', 2)), schedules: 1 });
  expect(many.resolved.seed).toBe(third.resolved.seed);
  expect(many.resolved.faults).toEqual(third.resolved.faults);
});

test('the list of faults alone repeats what a generator made', () => {
  const drawn = simulate({ ...options('list'), schedules: 1, faults: swarmFaults });
  const listed = simulate({ ...options('list'), schedules: 1, faults: drawn.resolved.faults });
  expect(listed.traceHash).toBe(drawn.traceHash);
});

test('no clock and no randomness of the machine is asked', () => {
  const { now } = Date;
  const { random } = Math;
  const leak = (): never => {
    throw new Error('a leak');
  };
  Date.now = leak;
  Math.random = leak;
  try {
    expect(simulate({ ...options('leak'), faults: swarmFaults }).verdict).toBe('passed');
  } finally {
    Date.now = now;
    Math.random = random;
  }
});
