import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The replica of a damaged output is told to discard it',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `  tellUnwanted(source, attempt);
  withdrawPlace`,
      replacement: '  withdrawPlace',
    },
  ],
};
