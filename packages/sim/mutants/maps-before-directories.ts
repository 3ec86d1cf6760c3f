import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Maps of a map-only job wait for the directories they upload to',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'return job.mapsQueued > 0 && (job.plan.reduces > 0 || job.prepared);',
      replacement: 'return job.mapsQueued > 0;',
    },
  ],
};
