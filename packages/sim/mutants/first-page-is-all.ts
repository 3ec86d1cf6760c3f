import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A snapshot of several pages is believed when it is whole',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor:
        '  if (join.page + 1 < join.pages) return answerPage(state, replica, join.page, false, NO_ATTEMPTS);',
      replacement: '',
    },
  ],
};
