import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor fails the job of a task that had failed four times',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  if (failed !== undefined) return decideOutcome(state, job, 'failing', failed.error);
`,
      replacement: '',
    },
  ],
};
