import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work that a snapshot names and nobody wants is stopped',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor:
        '    if (!adoptRunning(state, now, replica, attempt, false)) tellUnwanted(replica, attempt);',
      replacement: '    adoptRunning(state, now, replica, attempt, false);',
    },
  ],
};
