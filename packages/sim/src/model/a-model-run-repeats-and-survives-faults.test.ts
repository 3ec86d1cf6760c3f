// The real machines run a model: the same seed gives the same run, all jobs end whatever fails, and
// what is said about the run adds up.
import { describe, expect, test } from 'vitest';
import type { Fault } from '../fault.ts';
import type { FaultGenerator } from '../fault-generator.ts';
import { swarmFaults } from '../swarm.ts';
import type { ModelJob, ModelWorkload } from './model.ts';
import { simulateModel } from './simulate-model.ts';
import type { ModelOptions } from './simulate-model.ts';

const REPLICAS = 12;

function jobOf(number: number, maps: number, reduces: number): ModelJob {
  const durations = Array.from({ length: maps }, (_, i) => 2_000_000 + ((i * 7919) % 3_000_000));
  return {
    id: `job-${number}`,
    after: number * 4_000_000,
    maps: { count: maps, durations },
    reduces: { count: reduces, durations: [1_500_000] },
    inputBytes: maps * 1_000_000,
    shuffleBytes: maps * 100_000,
    outputBytes: 1_000_000,
  };
}

const workload: ModelWorkload = {
  name: 'six jobs',
  jobs: [40, 3, 25, 1, 60, 12].map((maps, number) => jobOf(number, maps, number % 3)),
};

function run(more: Partial<ModelOptions> = {}): ReturnType<typeof simulateModel> {
  return simulateModel({
    workload,
    replicas: REPLICAS,
    slots: 2,
    failRate: 0,
    seed: 'model',
    schedules: 1,
    keepGoing: false,
    faults: null,
    ...more,
  });
}

describe('a model of six jobs', () => {
  test('runs twice with the same hash, and otherwise under another seed', () => {
    const [first, second] = [run(), run()];
    expect(second.traceHash).toBe(first.traceHash);
    expect(second.model).toEqual(first.model);
    expect(run({ seed: 'other' }).traceHash).not.toBe(first.traceHash);
  });

  test('says what was run, and how long it took', () => {
    const { verdict, checks, tasks, model } = run();
    expect(verdict).toBe('passed');
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(model.jobs).toEqual({ total: 6, succeeded: 6, failed: 0, cancelled: 0 });
    expect(model.tasks).toEqual({ maps: 141, reduces: 6 });
    expect(tasks.map.total).toBe(141);
    const { p50, p90, p99, max } = model.latency;
    expect([p50, p90, p99, max].sort((a, b) => a - b)).toEqual([p50, p90, p99, max]);
    expect(p50).toBeGreaterThan(2_000_000);
    // Every task's result was used, so the slots were at least this busy.
    const used = workload.jobs.reduce(
      (sum, { maps, reduces }) =>
        sum + maps.durations.reduce((a, b) => a + b, 0) + reduces.count * 1_500_000,
      0,
    );
    const busy = model.slotUtilisation * model.makespan * REPLICAS * 2;
    expect(busy).toBeGreaterThanOrEqual(used * 0.999);
    expect(model.slotUtilisation).toBeLessThanOrEqual(1);
  });

  test('has the same end when every replica may crash', () => {
    const result = run({ failRate: 0.5, schedules: 15, keepGoing: true });
    expect(result.error?.message ?? result.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.verdict).toBe('passed');
    expect(result.faults['crash']).toBeGreaterThan(15);
    expect(result.model.jobs.succeeded).toBe(6);
  });

  test('has the same end whatever strikes, the primary and its links included', () => {
    const faults: FaultGenerator = (seed, setting) =>
      swarmFaults(seed, { ...setting, without: ['cancel', 'task', 'store-full'] });
    const result = run({ faults, schedules: 40, keepGoing: true });
    const broken = result.failing?.story.map(({ text }) => text) ?? [];
    expect(broken).toEqual([]);
    expect(result.verdict).toBe('passed');
    expect(result.model.jobs.succeeded).toBe(6);
  });

  test('cancelled jobs leave nothing', () => {
    const faults: readonly Fault[] = [{ at: 9_000_000, kind: 'cancel', target: 'client' }];
    const { verdict, model, checks } = run({ faults });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe('passed');
    expect(model.jobs.cancelled).toBeGreaterThan(0);
    expect(model.jobs.cancelled + model.jobs.succeeded).toBe(6);
  });
});
