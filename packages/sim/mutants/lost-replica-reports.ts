import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A report of a lost replica waits until it is back',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: "  if (replica.status !== 'member' && replica.status !== 'silent') return;",
      replacement: '',
    },
  ],
};
