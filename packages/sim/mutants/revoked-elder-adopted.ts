import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work of an earlier epoch that was revoked is not adopted again',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: `  if (task.revokedElders.some((elder) => sameAttempt(elder, attempt))) return false;
`,
      replacement: '',
    },
  ],
};
