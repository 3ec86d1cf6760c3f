import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A log of several pages is read to its end',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: '  if (page.more && cursor !== null && before !== null && cursor > before) {',
      replacement: '  if (page.more && cursor !== null && before !== null && cursor < before) {',
    },
  ],
};
