import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A silent replica gets no work',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: "return replica.status === 'member' && replica.hears",
      replacement: "return replica.status !== 'lost' && replica.hears",
    },
  ],
};
