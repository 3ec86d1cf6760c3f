import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that is not heard for long is lost',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `    if (now - replica.lastHeard > detection) lose(state, replica);
    else if`,
      replacement: '    if',
    },
  ],
};
