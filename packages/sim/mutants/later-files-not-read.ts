import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor reads the files that are newer than the one it builds upon',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: '  const tail = later.flatMap((file) => file.entries);',
      replacement: '  const tail = result.entries;',
    },
  ],
};
