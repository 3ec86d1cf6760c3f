import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The task of a revoked attempt waits again',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: `  rememberElder(state, live);
  enqueue(state, live.task);`,
      replacement: '  rememberElder(state, live);',
    },
  ],
};
