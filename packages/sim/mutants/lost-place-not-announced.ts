import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Reducers are told that an output is gone',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `    announce(job, task, null, attempt);
    enqueue(state, task);`,
      replacement: '    enqueue(state, task);',
    },
  ],
};
