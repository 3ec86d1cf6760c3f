import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A twin works on another replica than its elder',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: '  if (replica === elder) return false;',
      replacement: '  if (replica === elder) return replica.slots > 1;',
    },
  ],
};
