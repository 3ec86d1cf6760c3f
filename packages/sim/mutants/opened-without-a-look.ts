import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'After adopting the past, see that there is no successor',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: `      if (highest(result.epochs) > journal.epoch) return failed(state, 'superseded');
      state.epoch`,
      replacement: '      state.epoch',
    },
  ],
};
