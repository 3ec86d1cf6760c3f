import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work that a replica names under a new epoch is kept',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: '  if (attempt.epoch >= state.epoch) return false;',
      replacement: '  if (attempt.epoch >= 0) return false;',
    },
  ],
};
