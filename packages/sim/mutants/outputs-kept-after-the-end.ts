import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica discards what it holds for a job that has ended',
  edits: [
    {
      file: 'core/src/protocol/replica/replica.ts',
      anchor: `this.effects.push({ kind: 'discard', attempt });
    }
  }`,
      replacement: `}
  }`,
    },
  ],
};
