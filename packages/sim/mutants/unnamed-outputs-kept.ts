import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that a snapshot does not name is gone',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  withdrawUnnamed(state, replica, snapshotHeld);',
      replacement: '',
    },
  ],
};
