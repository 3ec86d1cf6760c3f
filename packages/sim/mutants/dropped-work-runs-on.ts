import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Work that nobody wants stops',
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: `    remove(state, run);
    abandon(state, attempt);
  }
  forgetEnded`,
      replacement: `    remove(state, run);
  }
  forgetEnded`,
    },
  ],
};
