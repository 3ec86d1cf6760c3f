import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica tells an old primary that there is a newer one',
  edits: [
    {
      file: 'core/src/protocol/replica/replica.ts',
      anchor: `      if (message.kind === 'assign')
        sendTo(`,
      replacement: `      if (message.kind === 'current')
        sendTo(`,
    },
  ],
};
