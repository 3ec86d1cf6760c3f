import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When a source is at fault all its outputs are made elsewhere',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `  loseEverythingAt(state, source);
  for (const job`,
      replacement: `  const [first] = source.held;
  const [output] = first?.attempts ?? [];
  if (output !== undefined) withdraw(state, source, output);
  for (const job`,
    },
  ],
};
