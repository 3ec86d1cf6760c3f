import { describe, expect, test } from 'vitest';
import { faultsAtRate } from './fault-rate.ts';

const MAKESPAN = 30_000_000;
const schedule = (seed: string, rate: number) => faultsAtRate(seed, rate, 50, MAKESPAN);

describe('--fail-rate', () => {
  test('crashes five of fifty replicas on average at 0.1', () => {
    let crashes = 0;
    for (let i = 0; i < 1000; i++) crashes += schedule(`seed ${i}`, 0.1).length;
    expect(crashes / 1000).toBeGreaterThan(4.7);
    expect(crashes / 1000).toBeLessThan(5.3);
  });

  test('crashes nobody at 0 and everybody once at 1', () => {
    expect(schedule('seed', 0)).toEqual([]);
    const all = schedule('seed', 1);
    expect(new Set(all.map((fault) => fault.target)).size).toBe(50);
    expect(all).toHaveLength(50);
  });

  test('crashes replicas only, at any time of the makespan, and all of them come back', () => {
    const all = Array.from({ length: 100 }, (_, i) => schedule(`seed ${i}`, 0.5)).flat();
    for (const { target, at, until } of all) {
      expect(target).toMatch(/^replica-\d+$/);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThan(MAKESPAN);
      expect(until).toBeGreaterThan(at);
    }
    const early = all.filter((fault) => fault.at < MAKESPAN / 2).length / all.length;
    const wiped = all.filter((fault) => fault.disk === 'wiped').length / all.length;
    expect(Math.abs(early - 0.5)).toBeLessThan(0.05);
    expect(Math.abs(wiped - 0.5)).toBeLessThan(0.05);
  });

  test('draws for each replica apart: a higher rate adds crashes and changes none', () => {
    const few = schedule('seed', 0.1);
    const more = schedule('seed', 0.3);
    expect(more.length).toBeGreaterThan(few.length);
    for (const fault of few) expect(more).toContainEqual(fault);
  });
});
