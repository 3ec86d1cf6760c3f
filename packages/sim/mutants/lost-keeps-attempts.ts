import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a lost replica ran is given away',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  for (const live of replica.live.slice()) revoke(state, live);
  loseEverythingAt(state, replica);
  replica.unwanted = [];
  replica.endedJobs = [];
  assert(replica.busy === 0, 'a lost replica has no busy slot');`,
      replacement: `  loseEverythingAt(state, replica);
  replica.unwanted = [];
  replica.endedJobs = [];`,
    },
  ],
};
