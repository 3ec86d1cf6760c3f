import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work that two snapshots do not know of has not arrived',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  countMisses(state, replica, snapshotRunning, snapshotHeld);',
      replacement: '',
    },
  ],
};
