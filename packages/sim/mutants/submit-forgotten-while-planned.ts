import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A submit that is being planned is not planned again',
  edits: [
    {
      file: 'core/src/protocol/primary/apply.ts',
      anchor: 'state.jobsById.has(job) || state.ended.has(job) || state.deciding.has(job);',
      replacement: 'state.jobsById.has(job) || state.ended.has(job);',
    },
  ],
};
