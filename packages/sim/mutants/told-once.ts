import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a replica was told is told again until it has heard it',
  edits: [
    {
      file: 'core/src/protocol/primary/replicas.ts',
      anchor: '    replica.unwanted = replica.unwanted.filter((entry) => answered < entry.sentIn);',
      replacement: '    replica.unwanted = answered < 0 ? replica.unwanted : [];',
    },
  ],
};
