import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that stood still takes nobody for lost before it has read what came meanwhile',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '      state.deafUntil = now + state.timing.detection;',
      replacement: '',
    },
  ],
};
