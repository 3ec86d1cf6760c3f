import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica reads the log of a new primary from its start',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: '      run.phase.shuffle.restartLog();',
      replacement: '',
    },
  ],
};
