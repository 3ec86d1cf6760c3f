import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica goes on with its work when there is a new primary',
  standsFor: 'YARN-1366',
  row: 39,
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: `      run.phase.shuffle.restartLog();
    }
  }`,
      replacement: `      run.phase.shuffle.restartLog();
    }
  }
  for (const run of state.runs.slice()) finish(state, run, { kind: 'gave-up', reason: 'lease' });`,
    },
  ],
};
