import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What may take effect late at the store is deleted once more',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  scheduleSweep(state, now, job.plan.output, job);
  tellClient`,
      replacement: '  tellClient',
    },
  ],
};
