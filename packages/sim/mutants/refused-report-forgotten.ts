import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The task of a refused report waits again',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  answerVoid(state, live.replica, live.attempt);
  enqueue(state, live.task);`,
      replacement: '  answerVoid(state, live.replica, live.attempt);',
    },
  ],
};
