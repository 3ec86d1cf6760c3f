import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A report is repeated until it is answered',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: `  sendReports(state);
  watchLease(state, now);`,
      replacement: '  watchLease(state, now);',
    },
  ],
};
