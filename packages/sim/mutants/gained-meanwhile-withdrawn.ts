import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a replica finished while it told its snapshot is not taken from it',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `      if (replica.gainedDuringSnapshot.some((other) => sameAttempt(other, attempt))) continue;
`,
      replacement: '',
    },
  ],
};
