import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that stood still goes on waiting for replicas that it could not hear meanwhile',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: `      if (state.awaited.size > 0) state.awaitUntil = state.deafUntil;
`,
      replacement: '',
    },
  ],
};
