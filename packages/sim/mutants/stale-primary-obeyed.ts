import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica does nothing for a primary of the past',
  edits: [
    {
      file: 'core/src/protocol/replica/replica.ts',
      anchor: 'if (message.epoch < state.epoch) {',
      replacement: 'if (message.epoch < 0) {',
    },
  ],
};
