import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica is lost when it was not heard for the detection deadline, not before',
  standsFor: 'ray#18449',
  row: 41,
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: 'if (now - replica.lastHeard > detection) lose',
      replacement: 'if (now - replica.lastHeard > silence) lose',
    },
  ],
};
