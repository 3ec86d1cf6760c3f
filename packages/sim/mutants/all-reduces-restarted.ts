import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A failed fetch stops no other reduce',
  standsFor: 'SPARK-14649',
  row: 31,
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `  live.troubles.set(source.id, failures);
`,
      replacement: `  live.troubles.set(source.id, failures);
  for (const task of live.task.job.reduces) {
    for (const other of task.live.slice()) if (other !== live) revokeAndTell(state, other);
  }
`,
    },
  ],
};
