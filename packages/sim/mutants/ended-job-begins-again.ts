import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work for a job that has ended is refused',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/holdings.ts',
      anchor: `    if (this.endedJobs.has(attempt.job)) return true;
`,
      replacement: '',
    },
  ],
};
