import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What an earlier life ran counts for nothing',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  for (const live of replica.live.slice()) revoke(state, live);
  loseEverythingAt(state, replica);
  replica.incarnation`,
      replacement: `  loseEverythingAt(state, replica);
  replica.incarnation`,
    },
  ],
};
