import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A part is published when its winner is in the journal',
  standsFor: 'SPARK-39195',
  row: 13,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  const { part, counters } = outcome;
  decide(state`,
      replacement: `  const { part, counters } = outcome;
  task.winner = { attempt, part, counters };
  beginPublishing(state, task);
  task.winner = null;
  decide(state`,
    },
  ],
};
