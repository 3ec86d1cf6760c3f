import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that is lost again is made again',
  standsFor: 'SPARK-20230',
  row: 21,
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `    announce(job, task, null, attempt);
    enqueue(state, task);`,
      replacement: `    announce(job, task, null, attempt);
    if (task.nextNumber < 2) enqueue(state, task);`,
    },
  ],
};
