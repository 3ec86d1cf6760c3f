import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A job succeeds when all its parts are published',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: 'if (job.published === partsOf(job.plan)) decideOutcome',
      replacement: 'if (job.published >= partsOf(job.plan) - 1) decideOutcome',
    },
  ],
};
