import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task is tried where it has not failed',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: '  if (!task.avoid.includes(replica.id)) return false;',
      replacement: '  if (task.index >= 0) return false;',
    },
  ],
};
