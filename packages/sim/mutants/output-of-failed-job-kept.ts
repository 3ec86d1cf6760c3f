import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The output of a job that did not succeed is deleted',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: "  if (done === 'delete-temporary' && job.status !== 'succeeding') {",
      replacement: "  if (done === 'make-success') {",
    },
  ],
};
