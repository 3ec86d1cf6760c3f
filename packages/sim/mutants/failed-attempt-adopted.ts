import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An attempt whose failure is in the journal is not adopted by a successor',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: '  if (hasFailed(task, attempt)) return false;',
      replacement: '',
    },
  ],
};
