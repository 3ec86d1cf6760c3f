// Every placement of one fault in the small world.
import { describe, expect, test } from 'vitest';
import { exhaust } from './exhaust.ts';
import type { ExhaustStep } from './exhaust.ts';
import { VARIANTS } from './small-world.ts';

function steps(options: Parameters<typeof exhaust>[0]): ExhaustStep[] {
  const all: ExhaustStep[] = [];
  exhaust({ ...options, onStep: (step) => void all.push(step) });
  return all;
}

describe('in the small world', () => {
  test('no placement of one fault breaks a promise', { timeout: 300_000 }, () => {
    const all = steps({ depth: 1 });
    expect(all.map(({ failing }) => failing)).toEqual(VARIANTS.map(() => null));
    for (const { schedules } of all) expect(schedules).toBeGreaterThan(1000);
  });
});
