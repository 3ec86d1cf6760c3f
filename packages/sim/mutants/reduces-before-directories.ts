import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Reduces wait for the directories they upload to',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'return job.reducesQueued > 0 && job.mapsQueued === 0 && job.prepared;',
      replacement: 'return job.reducesQueued > 0 && job.mapsQueued === 0;',
    },
  ],
};
