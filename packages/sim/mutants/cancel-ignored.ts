import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A job that is cancelled in time ends as cancelled',
  edits: [
    {
      file: 'core/src/protocol/primary/clients.ts',
      anchor: "decideOutcome(state, job, 'cancelling', null);",
      replacement: '',
    },
  ],
};
