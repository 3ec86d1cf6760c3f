import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a replica was told and has heard is not told again',
  edits: [
    {
      file: 'core/src/protocol/primary/replicas.ts',
      anchor: '    replica.unwanted = replica.unwanted.filter((entry) => answered < entry.sentIn);',
      replacement: '    replica.unwanted = replica.unwanted.filter(() => answered >= 0);',
    },
  ],
};
