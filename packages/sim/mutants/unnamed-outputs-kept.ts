import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that a snapshot does not name is gone',
  survives:
    'what a replica no longer holds it was told to discard by a primary that had struck it already, and what an earlier life or a lost one held is struck as a whole. Second line, as the digest is',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  withdrawUnnamed(state, replica, snapshotHeld);',
      replacement: '',
    },
  ],
};
