import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica ignores what was meant for an earlier life',
  edits: [
    {
      file: 'core/src/protocol/replica/replica.ts',
      anchor: '    if (message.incarnation !== state.options.incarnation) return;',
      replacement: '',
    },
  ],
};
