import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When a task has a winner, its twin is stopped',
  edits: [
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
