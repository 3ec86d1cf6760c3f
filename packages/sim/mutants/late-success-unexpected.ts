import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A success that comes after the success of a twin is no error',
  standsFor: 'MAPREDUCE-4748',
  row: 33,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        '  if (task.winner !== null || task.deciding !== null) return forgetAndVoid(state, live);',
      replacement:
        "  assert(task.winner === null && task.deciding === null, 'a task has one winner');",
    },
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: 'import { unreachable }',
      replacement: 'import { assert, unreachable }',
    },
  ],
};
