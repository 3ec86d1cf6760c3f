import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task has one twin',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'return task.live.length === 1 && task.deciding === null && !ended;',
      replacement: 'return task.deciding === null && !ended;',
    },
  ],
};
