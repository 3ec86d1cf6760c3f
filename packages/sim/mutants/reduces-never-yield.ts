import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce yields its slot to a map that must be run again',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: `    revokeAndTell(state, youngest);
    return true;`,
      replacement: '    return youngest.ended;',
    },
  ],
};
