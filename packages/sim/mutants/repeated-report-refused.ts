import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A report that is repeated while it is being journaled is waited for',
  standsFor: 'MAPREDUCE-4607',
  row: 45,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '  if (task.deciding !== null && sameAttempt(task.deciding, attempt)) return;',
      replacement: '',
    },
  ],
};
