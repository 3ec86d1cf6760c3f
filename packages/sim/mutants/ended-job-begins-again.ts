import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work for a job that has ended is refused',
  edits: [
    {
      file: 'core/src/protocol/replica/holdings.ts',
      anchor: `    if (this.endedJobs.has(attempt.job)) return true;
`,
      replacement: '',
    },
  ],
};
