import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A map that is stopped leaves no output',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: `  if (attempt.kind === 'map') state.effects.push({ kind: 'discard', attempt });
`,
      replacement: '',
    },
  ],
};
