import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What is under way at the store is waited for before anything is deleted',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: '  if (job.endingBegun || job.storeUnderWay > 0) return;',
      replacement: '  if (job.endingBegun) return;',
    },
  ],
};
