import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What an earlier life did not answer says nothing about this one',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: '  if (message.sourceLife < source.incarnation) return;',
      replacement: '',
    },
  ],
};
