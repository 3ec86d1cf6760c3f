import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that does not hear gets no work',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '  replica.hears = hears;',
      replacement: '  replica.hears = true;',
    },
  ],
};
