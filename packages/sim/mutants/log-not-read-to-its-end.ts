import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Nothing is fetched and no reduce starts before the log of locations was read to its end',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'if (page.from + page.entries.length === this.cursor) this.isBehind = page.more;',
      replacement: '',
    },
  ],
};
