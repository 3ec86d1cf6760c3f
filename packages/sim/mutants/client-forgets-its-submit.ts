import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client submits again what a primary does not know',
  survives:
    'what a primary acknowledged is in the journal that every successor reads, so none of them ever says `unknown` to a client that was told otherwise. The rule is for a journal that lost its disk, which is outside the promise, and nothing here does that',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '      request.known = false;',
      replacement: '',
    },
  ],
};
