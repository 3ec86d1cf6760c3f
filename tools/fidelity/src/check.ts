// Runs drawn cases until one differs, which is then made smaller.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { BothWays, type Case } from './both-ways.ts';
import { anyCase } from './cases.ts';
import { difference } from './compare.ts';
import { startLocalHadoop } from './local-hadoop.ts';

export interface Checking {
  readonly cases: number;
  readonly seed: number;
  /** Hears of every case that agreed. */
  readonly onCase?: (given: Case) => void;
}

/** Throws with the smallest case that was found and where both sides part in it. */
export async function checkFidelity({ cases, seed, onCase }: Checking): Promise<void> {
  await withBothWays(async (ways) => {
    const property = fc.asyncProperty(anyCase, async (given) => {
      const found = difference(await ways.run(given), given);
      if (found !== null) throw new Error(found);
      onCase?.(given);
    });
    await fc.assert(property, {
      numRuns: cases,
      seed,
      endOnFailure: process.env['NO_SHRINK'] !== undefined,
    });
  });
}

/** A Hadoop and a scratch directory for as long as `action` takes. */
async function withBothWays<T>(action: (ways: BothWays) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'lisping-fidelity-'));
  try {
    const hadoop = await startLocalHadoop(scratch);
    try {
      return await action(new BothWays(hadoop, scratch));
    } finally {
      await hadoop.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
