import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor publishes the parts that won',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: `  for (const task of committingTasks(job)) if (task.winner !== null) beginPublishing(state, task);
`,
      replacement: '',
    },
  ],
};
