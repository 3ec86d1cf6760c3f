import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The output of a refused report is discarded',
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: `  else discard(state, attempt);
}

/** Nobody`,
      replacement: `}

/** Nobody`,
    },
  ],
};
