import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The report of an attempt that no longer counts is void',
  standsFor: 'SPARK-19631',
  row: 11,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  if (live === undefined) return answerVoid(state, replica, attempt);
  if (task.winner !== null`,
      replacement: `  if (live === undefined) {
    task.deciding = attempt;
    const { part, counters } = outcome;
    return decide(state, { kind: 'part-won', attempt, part, counters });
  }
  if (task.winner !== null`,
    },
  ],
};
