import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary handles every message that a replica may send',
  standsFor: 'MAPREDUCE-4748',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '        return onFetchTrouble(state, from, message);',
      replacement: "        return assert(false, 'nobody expects trouble');",
    },
  ],
};
