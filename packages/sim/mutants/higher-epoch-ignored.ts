import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that hears of a higher epoch resigns',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: "    if (message.epoch > state.epoch) return resign(state, 'superseded');",
      replacement: '',
    },
  ],
};
