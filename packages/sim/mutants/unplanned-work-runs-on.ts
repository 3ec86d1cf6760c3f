import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica is told of work that nobody wants',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '    if (!isKept(state, replica, attempt)) tellUnwanted(replica, attempt);',
      replacement: '    isKept(state, replica, attempt);',
    },
  ],
};
