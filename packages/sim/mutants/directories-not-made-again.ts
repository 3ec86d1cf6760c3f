import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor makes the directories that its predecessor may not have made',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  prepare(state, job);
  for (const task`,
      replacement: `  job.prepared = true;
  for (const task`,
    },
  ],
};
