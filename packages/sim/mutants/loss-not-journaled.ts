import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'That a replica is lost is journaled',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  replica.listing = 'leaving';
  decide(state, { kind: 'replica-lost', replica: replica.id });`,
      replacement: '',
    },
  ],
};
