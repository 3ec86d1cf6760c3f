import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A segment that was superseded on its way is of no use',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: `    if (known && known.version > want.version) return;
`,
      replacement: '',
    },
  ],
};
