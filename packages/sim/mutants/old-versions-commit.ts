import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A part made of versions that are no longer canonical is refused',
  standsFor: 'SPARK-24589',
  row: 9,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: "  if (task.kind === 'reduce' && !consumedCurrent(task, outcome.consumed)) {",
      replacement:
        "  if (task.kind === 'reduce' && outcome.consumed < 0 && !consumedCurrent(task, 0)) {",
    },
  ],
};
