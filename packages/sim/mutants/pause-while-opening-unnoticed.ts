import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that stood still while it opened its journal looks for a successor before it acts',
  standsFor: 'MAPREDUCE-4813',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '    state.lastEventAt = now;',
      replacement: '    if (state.epoch > 0) state.lastEventAt = now;',
    },
  ],
};
