import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The first report of a map wins',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  if (task.deciding !== null || places.length > 0) return forgetAndVoid(state, live);
  if (canonical === null) {`,
      replacement: '  if (canonical === null) {',
    },
  ],
};
