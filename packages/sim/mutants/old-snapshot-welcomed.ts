import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An answer to an earlier snapshot is not listened to',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '  if (snapshot === null || message.snapshot !== snapshot.number) return;',
      replacement: '  if (snapshot === null) return;',
    },
  ],
};
