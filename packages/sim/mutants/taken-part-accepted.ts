import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A part that is there with other bytes fails the job',
  survives:
    'only a stranger can have put other bytes there: a part is published when its winner is in the journal, every epoch that publishes has read that, and no name is used twice. Nothing here writes into the output of another',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor:
        "  if (answer === 'taken') return decideOutcome(state, job, 'failing', outputTaken(task));",
      replacement: '',
    },
  ],
};
