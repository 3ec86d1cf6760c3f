import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica discards what it holds for a job that has ended',
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: `state.effects.push({ kind: 'discard', attempt });
  }
}`,
      replacement: `}
}`,
    },
  ],
};
