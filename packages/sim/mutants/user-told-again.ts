import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A user hears the end of a job once',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: 'request.ended = true;',
      replacement: '',
    },
  ],
};
