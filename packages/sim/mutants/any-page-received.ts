import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An answer to another page of a snapshot is not listened to',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: `  if (message.page !== snapshot.page) return;
`,
      replacement: '',
    },
  ],
};
