import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An upload that is never answered is given up',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: '      if (tries < state.options.timing.uploadTries) {',
      replacement: '      if (tries < 1_000_000) {',
    },
  ],
};
