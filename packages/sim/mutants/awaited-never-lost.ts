import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Who has not resynced with a new primary within the deadline is lost',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: `      if (replica.status === 'lost') lose(state, replica);
`,
      replacement: '',
    },
  ],
};
