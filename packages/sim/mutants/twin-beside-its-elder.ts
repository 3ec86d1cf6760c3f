import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A twin works on another replica than its elder',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: '  if (first !== elder) return first;',
      replacement: '  if (first !== elder || first.slots > 1) return first;',
    },
  ],
};
