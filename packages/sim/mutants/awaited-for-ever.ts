import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that does not come back is waited for no longer than the deadline',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '    if (state.awaited.size === 0 || now < state.awaitUntil) return;',
      replacement: '    if (state.awaited.size === 0 || now < state.awaitUntil * 1000) return;',
    },
  ],
};
