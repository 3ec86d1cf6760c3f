import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that is asked for a snapshot sends one',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '  if (message.resync) return beginSnapshot(state, now);',
      replacement: '',
    },
  ],
};
