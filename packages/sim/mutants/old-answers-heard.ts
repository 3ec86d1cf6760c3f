import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An answer that was overtaken by a later one is not listened to',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: "  if (message.number <= state.answered || state.membership !== 'member') return;",
      replacement: "  if (state.membership !== 'member') return;",
    },
  ],
};
