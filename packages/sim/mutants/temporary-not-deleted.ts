import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A job that succeeded leaves no temporary files',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  if (done === 'make-success') return deleteTemporary(state, job);
`,
      replacement: '',
    },
  ],
};
