import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a job no longer needs is not repeated at the store',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: '      if (isStillWanted(store.job, store.operation)) operate(state, store);',
      replacement: '      operate(state, store);',
    },
  ],
};
