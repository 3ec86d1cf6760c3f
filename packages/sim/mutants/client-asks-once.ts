import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client asks until it knows',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '    for (const request of this.open) this.ask(request);',
      replacement: '',
    },
  ],
};
