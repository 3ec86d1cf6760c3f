import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work begins under a lease',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: '  if (!hasLease(state, now)) return;',
      replacement: '',
    },
  ],
};
