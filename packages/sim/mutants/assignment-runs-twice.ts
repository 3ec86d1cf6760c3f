import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An assignment that comes twice is one',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: '  if (state.runs.some((run) => sameAttempt(run.attempt, attempt))) return;',
      replacement: '',
    },
  ],
};
