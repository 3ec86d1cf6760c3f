import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The output of a job that did not succeed is deleted',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: "  if (done === 'delete-temporary' && job.status !== 'succeeding') {",
      replacement: "  if (done === 'make-success') {",
    },
  ],
};
