// The simulator finds what is wrong with both shortcuts, and nothing in the design that holds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulated } from './simulation.ts';
import type { Again } from './simulation.ts';

const LOST = 'no acknowledged increment is lost';
const text = readFileSync(join(import.meta.dirname, 'slow-disk.json'), 'utf8');
const slowDisk = JSON.parse(text) as Again; // checked where faults are read

test.each(['none', 'in memory'] as const)(
  'a fence %s loses an increment, by few faults',
  (fence) => {
    const { verdict, failure } = simulated(fence);
    expect(verdict).toBe('failed');
    expect(failure?.check).toBe(LOST);
    expect(failure?.faults.length).toBeLessThanOrEqual(2);
    expect(failure?.story.at(-1)?.text).toContain(LOST);
  },
);

test('what it prints to be run again fails again, and with no fault it does not', () => {
  const { failure } = simulated('in memory');
  const { seed = '', faults = [] } = failure ?? {};
  expect(simulated('in memory', { seed, faults }).failure?.faults).toEqual(faults);
  expect(simulated('in memory', { seed, faults: [] }).verdict).toBe('passed');
});

test('in 2,000 schedules of the swarm nothing breaks the fence on disk', () => {
  const { verdict, schedules, report } = simulated('on disk');
  expect(verdict, report).toBe('passed');
  expect(schedules).toBe(2_000);
});

test('the slow disk breaks the fence in memory and not the one on disk', () => {
  expect(simulated('in memory', slowDisk).failure?.check).toBe(LOST);
  expect(simulated('on disk', slowDisk).verdict).toBe('passed');
});
