import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A part that is there with other bytes fails the job',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor:
        "  if (answer === 'taken') return decideOutcome(state, job, 'failing', outputTaken(task));",
      replacement: '',
    },
  ],
};
