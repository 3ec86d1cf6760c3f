import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client ignores news of an older epoch',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '    if (message.epoch < this.epoch) return;',
      replacement: '',
    },
  ],
};
