import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task is tried four times',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '  if (task.failures.length >= state.timing.attemptsPerTask) {',
      replacement: '  if (task.failures.length > 0) {',
    },
  ],
};
