import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An assignment from before the last snapshot is refused',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: '|| message.heartbeatSeen < state.joinedAt) return;',
      replacement: ') return;',
    },
  ],
};
