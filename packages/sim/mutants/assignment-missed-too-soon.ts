import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An assignment has time to arrive before it is missed',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: 'number >= live.heartbeatSeen + 2) {',
      replacement: 'number >= live.heartbeatSeen) {',
    },
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: 'const MISSES = 2;',
      replacement: 'const MISSES = 1;',
    },
  ],
};
