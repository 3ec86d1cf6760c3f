import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task that is done is never queued again',
  standsFor: 'SPARK-14915',
  row: 15,
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: 'task.live.length > 0 || task.deciding !== null || isDone(task)) return;',
      replacement: 'task.live.length > 0 || task.deciding !== null) return;',
    },
  ],
};
