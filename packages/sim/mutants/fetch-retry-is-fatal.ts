import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A fetch that fails is tried again by the same attempt',
  standsFor: 'MAPREDUCE-6303',
  row: 25,
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: `    shuffle.unreachable(now, batch);
`,
      replacement: `    shuffle.unreachable(now, batch);
    if (shuffle.failuresOf(batch.from) > 1) {
      return finish(state, run, { kind: 'gave-up', reason: 'versions' });
    }
`,
    },
  ],
};
