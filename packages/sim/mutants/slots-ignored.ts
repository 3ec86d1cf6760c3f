import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica works on no more attempts than it has slots',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: 'if (busy === state.options.slots) return;',
      replacement: '',
    },
  ],
};
