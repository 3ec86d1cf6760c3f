import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A launch that comes after its revocation is refused',
  standsFor: 'MAPREDUCE-3274',
  row: 35,
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: 'if (state.holdings.isClosed(attempt)) return;',
      replacement: '',
    },
  ],
};
