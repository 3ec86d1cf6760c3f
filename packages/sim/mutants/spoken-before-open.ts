import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary says nothing before its journal is open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: "    if (state.epoch === 0 || state.journal.kind === 'resigned') return;",
      replacement: "    if (state.journal.kind === 'resigned') return;",
    },
  ],
};
