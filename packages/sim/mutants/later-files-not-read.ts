import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor reads the files that are newer than the one it builds upon',
  survives:
    'the first entry of every file is its adoption, so a file that does not begin with one is empty, and what is not read of it is nothing',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: '  const tail = later.flatMap((file) => file.entries);',
      replacement: '  const tail = result.entries;',
    },
  ],
};
