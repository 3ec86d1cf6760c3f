import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A record is blamed when processes died in it on three nodes',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: 'const NODES_TO_BLAME_A_RECORD = 3;',
      replacement: 'const NODES_TO_BLAME_A_RECORD = 1;',
    },
  ],
};
