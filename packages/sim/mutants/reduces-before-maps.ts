import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Maps go before reduces',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'return job.reducesQueued > 0 && job.mapsQueued === 0 && job.prepared;',
      replacement: 'return job.reducesQueued > 0 && job.prepared;',
    },
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: `    if (hasMapToPlace(job)) {
      const task = takeFrom(state, job.mapQueue, replica);
      if (task !== undefined) return task;
    } else if (hasReduceToPlace(job)) {
      const task = takeFrom(state, job.reduceQueue, replica);
      if (task !== undefined) return task;
    }`,
      replacement: `    if (hasReduceToPlace(job)) {
      const task = takeFrom(state, job.reduceQueue, replica);
      if (task !== undefined) return task;
    } else if (hasMapToPlace(job)) {
      const task = takeFrom(state, job.mapQueue, replica);
      if (task !== undefined) return task;
    }`,
    },
  ],
};
