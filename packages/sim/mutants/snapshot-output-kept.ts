import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that a snapshot names and nobody wants is discarded',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor:
        '    if (!believeHeld(state, now, replica, summary)) tellUnwanted(replica, summary.attempt);',
      replacement: '    believeHeld(state, now, replica, summary);',
    },
  ],
};
