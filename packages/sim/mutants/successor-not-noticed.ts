import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'After every append, see that there is no successor',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: "if (highest(result.epochs) > state.epoch) return failed(state, 'superseded');",
      replacement: '',
    },
  ],
};
