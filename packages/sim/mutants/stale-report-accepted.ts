import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A report of an earlier life has no effect',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  if (message.incarnation < replica.incarnation) return answerCurrent(state, from);
  if (message.incarnation > replica.incarnation) return;
  // A lost`,
      replacement: '  // A lost',
    },
  ],
};
