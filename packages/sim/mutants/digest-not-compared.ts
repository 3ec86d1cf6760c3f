import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica whose outputs are not those the primary believes in is asked for a snapshot',
  survives:
    'whoever changes what is held tells the other side until it was heard, so the two pictures do not come to differ: the digest is the second line. Where one of those rules is broken it is what finds that (damaged-output-not-discarded, older-digest-kept)',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  const stale = !digestAgrees(replica, message, state.timing.page);',
      replacement: '  const stale = false && !digestAgrees(replica, message, state.timing.page);',
    },
  ],
};
