import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that stood still looks for a successor before it goes on with a commit',
  standsFor: 'MAPREDUCE-4813',
  row: 5,
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: "      state.doubt = 'to-be-checked';",
      replacement: '',
    },
  ],
};
