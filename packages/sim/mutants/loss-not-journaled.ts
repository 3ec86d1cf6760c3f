import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'That a replica is lost is journaled',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  if (willBeListed(replica)) list(state, replica, 'replica-lost');`,
      replacement: '',
    },
  ],
};
