import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What an earlier life held counts only when the new one names it',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  for (const live of replica.live.slice()) revoke(state, live);
  loseEverythingAt(state, replica);
  replica.incarnation`,
      replacement: `  for (const live of replica.live.slice()) revoke(state, live);
  replica.incarnation`,
    },
  ],
};
