import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What the store did not answer is asked for again',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `    state.storeRetries.push({ at: now + state.timing.storeRetry, store });
    return;
  }
  switch`,
      replacement: `    return;
  }
  switch`,
    },
  ],
};
