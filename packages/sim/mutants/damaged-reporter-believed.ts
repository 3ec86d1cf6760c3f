import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Whoever finds the bytes of everybody damaged is not believed',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `      if (live.damagedFrom.size >= state.timing.sourcesPerReporter) return blame(state, live);
`,
      replacement: '',
    },
  ],
};
