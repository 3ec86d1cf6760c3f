import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A job that has ended is not taken up again',
  standsFor: 'MAPREDUCE-4819',
  row: 1,
  edits: [
    {
      file: 'core/src/protocol/primary/apply.ts',
      anchor: '      return applyJobEnded(state, entry);',
      replacement: `      if (here) applyJobEnded(state, entry);
      return;`,
    },
  ],
};
