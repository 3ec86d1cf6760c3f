import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor reads the prefixes that the newest adoption names',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: 'wanted: first.prefixes.slice(),',
      replacement: 'wanted: [],',
    },
  ],
};
