import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A map output that is lost and still needed is made again',
  standsFor: 'HADOOP-1874',
  row: 17,
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `    announce(job, task, null, attempt);
    enqueue(state, task);`,
      replacement: '    announce(job, task, null, attempt);',
    },
  ],
};
