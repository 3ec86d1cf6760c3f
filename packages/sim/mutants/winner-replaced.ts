import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task that has a winner wants no other, and tells whoever else works on it',
  standsFor: 'SPARK-24589',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        'if (task.winner !== null || task.deciding !== null) return forgetAndVoid(state, live);',
      replacement: '',
    },
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `    } else revokeAndTell(state, live);
  }
  beginPublishing`,
      replacement: `    }
  }
  beginPublishing`,
    },
  ],
};
