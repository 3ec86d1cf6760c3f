// How often and how long something is tried again. Bounded twice: tries that broke are counted, and the
// time spent on a NameNode that says "not now" is measured.
import { setTimeout as sleep } from 'node:timers/promises';
import type { HdfsFailure } from './failure.ts';
import type { Patience } from './options.ts';

export interface Tries {
  /** Milliseconds to pause before the next try; null: no more tries. */
  after(failure: HdfsFailure): number | null;
  /** Something was achieved: what failed before is forgiven. */
  forgive(): void;
}

/** `places`: how many servers a try may go to; they are asked in turn, with a pause after each round. */
export function createTries(patience: Patience, places = 1): Tries {
  let began = performance.now();
  let failed = 0;
  return {
    after: ({ cure }) => {
      failed++;
      const rounds = Math.floor(failed / places);
      const isRound = failed % places === 0 || cure === 'time';
      const pauseMs = isRound
        ? Math.min(patience.pauseMs * 2 ** (rounds - 1), patience.pauseMaxMs)
        : 0;
      switch (cure) {
        case 'none':
          return null;
        case 'retry':
          return failed < patience.triesMax * places ? pauseMs : null;
        case 'other':
        case 'time':
          return performance.now() - began + pauseMs <= patience.unavailableMs ? pauseMs : null;
      }
    },
    forgive: () => {
      failed = 0;
      began = performance.now();
    },
  };
}

/** Pauses and says what for. */
export async function pauseAfter(
  failure: HdfsFailure,
  pauseMs: number,
  onWait: (said: string) => void,
): Promise<void> {
  onWait(`${failure.message}; trying again in ${pauseMs / 1000} s`);
  await sleep(pauseMs);
}
