import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A page of a snapshot is repeated until it is answered',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '    return isElsewhere ? beginSnapshot(state, now) : sendPage(state);',
      replacement: '    return isElsewhere ? beginSnapshot(state, now) : undefined;',
    },
  ],
};
