// Two of four replicas were slow. One of them had been outrun by two twins and so was idle: it was the first to
// be given the twin of a reduce on the other, and a fast one looked on until both were through.
import { expect, test } from 'vitest';
import { GROUNDS } from '../../mutants/grounds.ts';
import { simulate } from '../simulate.ts';
import type { SimulationOptions, SimulationResult } from '../simulate.ts';

function simulated(
  options: Pick<SimulationOptions, 'seed' | 'faults'> & Partial<SimulationOptions>,
): SimulationResult {
  const ground = GROUNDS.find(({ name }) => name === 'a map that is not deterministic');
  if (ground === undefined) throw new Error('the ground is there');
  const { name: _name, ...setting } = ground;
  return simulate({
    ...setting,
    jobName: ground.job.name,
    failRate: 0,
    schedules: 1,
    keepGoing: false,
    parameters: {},
    ...options,
  });
}

test('a twin goes to a replica that was not outrun', () => {
  let toldAt = Number.POSITIVE_INFINITY;
  const { checks } = simulated({
    seed: '889fda830a23d4fb',
    faults: [
      { at: 271_592, kind: 'slow', target: 'replica-2', until: 73_079_699, factor: 10 },
      { at: 4_300_665, kind: 'slow', target: 'replica-1', until: 78_361_944, factor: 10 },
    ],
    observe: () => [
      {
        told(now): void {
          toldAt = now;
        },
      },
    ],
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(toldAt).toBeLessThan(60_000_000);
});

test('nobody knows that the only map is slow', () => {
  const { checks } = simulated({
    inputs: [{ path: 'text', bytes: new Uint8Array(0) }],
    replicas: 3,
    reduces: 1,
    seed: '889fda830a23d4fb~6',
    faults: [{ at: 0, kind: 'slow', target: 'replica-0', until: 70_000_000, factor: 10 }],
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
