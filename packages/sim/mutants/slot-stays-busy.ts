import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When an attempt ends the next one that waits begins',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: `      return unreachable(result);
  }
  startWaiting(state, now);`,
      replacement: `      return unreachable(result);
  }`,
    },
  ],
};
