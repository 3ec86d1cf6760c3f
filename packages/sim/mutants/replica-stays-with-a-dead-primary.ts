import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that hears nothing tries the next address',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: 'const isElsewhere = state.address.asking();',
      replacement: 'const isElsewhere = false as boolean;',
    },
  ],
};
