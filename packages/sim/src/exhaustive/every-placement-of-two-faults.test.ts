/** A share of the search for two faults, another one every day; the whole of it is a command. */
import { expect, test } from 'vitest';
import { exhaust } from './exhaust.ts';

const SHARES = 40;

// Some 70,000 schedules.
test.runIf(process.env['CI'] !== undefined)(
  'no placement of two faults of the share of the day breaks a promise',
  { timeout: 900_000 },
  () => {
    const part = Math.floor(Date.now() / 86_400_000) % SHARES;
    let schedules = 0;
    exhaust({
      depth: 2,
      part,
      of: SHARES,
      onStep: (step) => {
        schedules += step.schedules;
        expect(step.failing, `share ${part} of ${SHARES}`).toBeNull();
      },
    });
    expect(schedules).toBeGreaterThan(10_000);
  },
);
