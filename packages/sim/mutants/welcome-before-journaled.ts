import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica is welcomed when it is in the list',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: "  if (!willBeListed(replica)) return list(state, replica, 'replica-joined');",
      replacement: `  if (!willBeListed(replica)) {
    list(state, replica, 'replica-joined');
    return welcome(state, replica);
  }`,
    },
  ],
};
