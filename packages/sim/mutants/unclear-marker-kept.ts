import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A marker of which it is unclear whether it was made is not used',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: "if (result.created !== 'created') return create",
      replacement: "if (result.created === 'exists') return create",
    },
  ],
};
