import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When an output wins, its twins are told to stop, and not who made it',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: 'if (sameAttempt(live.attempt, attempt)) forgetAttempt(state, live);',
      replacement: 'if (sameAttempt(live.attempt, attempt)) revokeAndTell(state, live);',
    },
  ],
};
