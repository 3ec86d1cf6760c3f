import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task whose attempt failed is tried again',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  enqueue(state, task);
  return job.status`,
      replacement: '  return job.status',
    },
  ],
};
