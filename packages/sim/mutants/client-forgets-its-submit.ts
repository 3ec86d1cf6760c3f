import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client submits again what a primary does not know',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '      request.known = false;',
      replacement: '',
    },
  ],
};
