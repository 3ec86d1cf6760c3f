import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work on a task that is done is not adopted',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: '  if (isDone(task) || task.deciding !== null || task.live.length > 1) return false;',
      replacement: '',
    },
  ],
};
