import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A map whose output nobody will read is not made again',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: 'if (job.winners === committingTasks(job).length) return false;',
      replacement: '',
    },
  ],
};
