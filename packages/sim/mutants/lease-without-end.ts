import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica stops when its lease runs out',
  standsFor: 'SPARK-19631',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: 'const until = from + state.options.timing.lease;',
      replacement: 'const until = from + state.options.timing.lease * 1000;',
    },
  ],
};
