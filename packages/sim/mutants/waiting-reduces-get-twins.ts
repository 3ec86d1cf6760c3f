import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce is not slow while it waits for maps',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: `  if (task.job.mapsAvailable < task.job.maps.length) return Number.POSITIVE_INFINITY;
  return Math.max(live.startedAt, task.job.mapsAvailableAt);`,
      replacement: '  return live.startedAt;',
    },
  ],
};
