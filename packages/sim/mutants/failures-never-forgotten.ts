import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A fetch that succeeds makes up for those that failed',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: '    else source.failures = 0;',
      replacement: '',
    },
  ],
};
