import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'While a source is silent, its heartbeats decide whether it lives',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `  if (source.status !== 'member') return;
`,
      replacement: '',
    },
  ],
};
