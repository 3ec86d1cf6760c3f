import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A snapshot of an earlier life has no effect',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  if (join.incarnation < replica.incarnation) return answerCurrent(state, from);',
      replacement: '',
    },
  ],
};
