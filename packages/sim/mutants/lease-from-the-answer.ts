import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A lease runs from the sending of the heartbeat, not from its answer',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '  renewLease(state, now, sentAt);',
      replacement: '  renewLease(state, now, Math.max(now, sentAt));',
    },
  ],
};
