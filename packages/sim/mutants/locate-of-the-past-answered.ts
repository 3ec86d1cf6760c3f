import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica of an earlier life is not told where segments are',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '    if (message.incarnation < incarnation) return answerCurrent(state, from);',
      replacement: '',
    },
  ],
};
