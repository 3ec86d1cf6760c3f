import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A failure does not matter to a task that another attempt has won',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  if (task.deciding !== null || isDone(task)) return forgetAndVoid(state, live);
  switch (outcome.kind) {`,
      replacement: '  switch (outcome.kind) {',
    },
  ],
};
