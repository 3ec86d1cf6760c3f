import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work is uploaded when the directories are there',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: '      return operate(state, makeTemporary(job));',
      replacement: `      job.prepared = true;
      return operate(state, makeTemporary(job));`,
    },
  ],
};
