import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica drops a job that has ended',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '  for (const job of message.endedJobs) dropJob(state, job);',
      replacement: '',
    },
  ],
};
