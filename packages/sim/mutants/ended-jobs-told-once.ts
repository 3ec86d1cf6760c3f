import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'That a job has ended is told until it was heard',
  edits: [
    {
      file: 'core/src/protocol/primary/replicas.ts',
      anchor:
        '    replica.endedJobs = replica.endedJobs.filter((entry) => answered < entry.sentIn);',
      replacement: '    replica.endedJobs = answered < 0 ? replica.endedJobs : [];',
    },
  ],
};
