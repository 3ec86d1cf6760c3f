import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce asks one source for one thing after the other',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'source === undefined || source.busy ||',
      replacement: 'source === undefined ||',
    },
  ],
};
