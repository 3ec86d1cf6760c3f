import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A source that cannot be read is given up after a few failures in a row',
  standsFor: 'MAPREDUCE-4772',
  row: 23,
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: 'return failures >= state.timing.fetchFailuresPerSource;',
      replacement: 'return failures >= state.timing.fetchFailuresPerSource * 20;',
    },
  ],
};
