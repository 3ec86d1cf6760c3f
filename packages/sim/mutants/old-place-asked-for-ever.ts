import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A later place of a segment replaces an earlier one',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: '    this.known[map] = entry;',
      replacement: '    this.known[map] ??= entry;',
    },
  ],
};
