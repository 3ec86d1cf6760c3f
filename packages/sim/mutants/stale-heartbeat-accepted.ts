import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A heartbeat of an earlier life has no effect',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  if (message.incarnation < replica.incarnation) return answerCurrent(state, from);
  const known`,
      replacement: '  const known',
    },
  ],
};
