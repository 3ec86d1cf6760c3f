import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Temporary files are deleted before the output',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  if (job.status !== 'succeeding') return deleteTemporary(state, job);
  const`,
      replacement: `  if (job.status !== 'succeeding') return nextStep(state, job, 'delete-temporary');
  const`,
    },
  ],
};
