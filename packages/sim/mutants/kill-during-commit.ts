import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A cancel that comes after the outcome changes nothing',
  standsFor: 'MAPREDUCE-5009',
  row: 7,
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: "if (job.status !== 'running' || job.outcomeDeciding) return;",
      replacement: "if (job.status !== 'running' && outcome !== 'cancelling') return;",
    },
  ],
};
