import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor goes on with a commit that its predecessor began',
  standsFor: 'MAPREDUCE-5485',
  row: 3,
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: "if (job.status !== 'running') return beginEnding(state, job);",
      replacement: "if (job.status !== 'running') return;",
    },
  ],
};
