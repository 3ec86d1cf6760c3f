import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When a job has its outcome all its attempts stop',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `      for (const live of task.live.slice()) revokeAndTell(state, live);
    }
  }
  beginEndingWhenQuiet`,
      replacement: `    }
  }
  beginEndingWhenQuiet`,
    },
  ],
};
