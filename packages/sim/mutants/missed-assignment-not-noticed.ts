import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An assignment that two heartbeats do not name has not arrived',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor:
        '      if (!live.ended && !isCut && ++live.misses >= MISSES) revokeAndTell(state, live);',
      replacement: '',
    },
  ],
};
