import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client that hears nothing tries the next address',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '    this.address.asking();',
      replacement: '',
    },
  ],
};
