import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The workspace of an attempt that ended is deleted',
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: "  if (outcome.kind !== 'mapped') abandon(state, run.attempt);",
      replacement: '',
    },
  ],
};
