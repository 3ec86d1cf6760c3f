import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Once a reduce has committed, a map whose bytes changed fails the job',
  standsFor: 'SPARK-23243',
  row: 19,
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        'if (job.reduces.some((reduce) => reduce.winner !== null || reduce.deciding !== null)) {',
      replacement: 'if (false) {',
    },
  ],
};
