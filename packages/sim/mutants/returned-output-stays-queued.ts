import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When an output is back, its map no longer waits',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `  announce(job, task, replica, attempt);
  unqueue(state, task);`,
      replacement: '  announce(job, task, replica, attempt);',
    },
  ],
};
