import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Replicas are told that a job has ended',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor:
        '    replica.endedJobs.push({ job: job.plan.job, sentIn: Number.POSITIVE_INFINITY });',
      replacement: '',
    },
  ],
};
