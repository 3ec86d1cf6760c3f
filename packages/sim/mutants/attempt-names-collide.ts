import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'No two attempts have the same name',
  standsFor: 'SPARK-8029',
  row: 29,
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'number: task.nextNumber++,',
      replacement: 'number: task.nextNumber,',
    },
  ],
};
