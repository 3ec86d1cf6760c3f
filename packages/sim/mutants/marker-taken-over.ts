import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A marker that is there belongs to somebody else',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: "if (result.created !== 'created') return create",
      replacement: "if (result.created === 'unclear') return create",
    },
  ],
};
