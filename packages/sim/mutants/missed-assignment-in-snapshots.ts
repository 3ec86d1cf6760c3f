import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work that two snapshots do not know of has not arrived',
  survives:
    'the first two heartbeats after the snapshot miss it as well: only who tells snapshot after snapshot without a heartbeat in between would keep its task longer',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  countMisses(state, replica, snapshotRunning, snapshotHeld);',
      replacement: '',
    },
  ],
};
