import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A source that failed is left alone for a while',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: '    source.restUntil = now + Math.min(wait, this.timing.fetchRetryMax);',
      replacement: '    source.restUntil = now + Math.min(wait, 0);',
    },
  ],
};
