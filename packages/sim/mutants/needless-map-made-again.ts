import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A map whose output nobody will read is not made again',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/attempts.ts',
      anchor:
        "  if (task.kind === 'map' && job.plan.reduces > 0 && job.winners === job.plan.reduces) return;",
      replacement: '',
    },
  ],
};
