import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica whose outputs are not those the primary believes in is asked for a snapshot',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  const stale = !digestAgrees(replica, message, state.timing.page);',
      replacement: '  const stale = false && !digestAgrees(replica, message, state.timing.page);',
    },
  ],
};
