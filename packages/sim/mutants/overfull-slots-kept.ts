import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that runs more than it has slots for is relieved',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  freeOverfullSlots(state, replica);
  replica.snapshotHeld`,
      replacement: '  replica.snapshotHeld',
    },
  ],
};
