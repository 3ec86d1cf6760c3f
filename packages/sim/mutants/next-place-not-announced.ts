import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Reducers are told of the next place of an output',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: '    announce(job, task, next.replica, next.attempt);',
      replacement: '',
    },
  ],
};
