import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The counters of an attempt count once',
  standsFor: 'SPARK-732',
  row: 43,
  edits: [
    {
      file: 'core/src/protocol/primary/apply.ts',
      anchor:
        'for (const task of job.maps) if (task.canonical !== null) add(task.canonical.counters);',
      replacement: `for (const task of job.maps) {
    if (task.canonical === null) continue;
    add(task.canonical.counters);
    if (task.canonical.attempt.number > 0) add(task.canonical.counters);
  }`,
    },
  ],
};
