import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When a version rises what lies anywhere is of an older one',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `    tellUnwanted(replica, attempt);
    withdrawPlace(state, replica, attempt);
  }
  for (const reduce`,
      replacement: `  }
  for (const reduce`,
    },
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: 'for (const { replica, attempt } of task.places.slice()) {',
      replacement: 'for (const _ of task.places) {',
    },
  ],
};
