import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A segment of a superseded version is dropped',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor:
        '      verified !== null && verified !== undefined && entry.version > verified.version;',
      replacement: '      verified !== null && verified !== undefined && entry.version < 0;',
    },
  ],
};
