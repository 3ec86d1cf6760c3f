import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An attempt that has ended frees its slot',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor: `  takeSlot(state, live, -1);
`,
      replacement: `  if (live.failing) takeSlot(state, live, -1);
`,
    },
  ],
};
