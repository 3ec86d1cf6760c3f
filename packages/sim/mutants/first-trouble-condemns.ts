import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'One failed fetch does not condemn a source',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: 'return failures >= state.timing.fetchFailuresPerSource;',
      replacement: 'return failures >= 1;',
    },
  ],
};
