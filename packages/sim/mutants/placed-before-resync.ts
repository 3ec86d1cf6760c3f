import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'After a restart nothing is placed before the replicas were heard',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'return state.awaited.size === 0 || job.submittedHere;',
      replacement: 'return true;',
    },
  ],
};
