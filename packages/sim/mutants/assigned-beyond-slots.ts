import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary gives a replica no more than it has slots for',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: 'replica.hears && replica.busy < replica.slots;',
      replacement: 'replica.hears && replica.busy <= replica.slots;',
    },
  ],
};
