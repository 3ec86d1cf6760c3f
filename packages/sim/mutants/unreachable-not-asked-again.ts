import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A segment that did not come is asked for again',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: `    for (const want of batch.wants) this.want(source, want.map);
`,
      replacement: '',
    },
  ],
};
