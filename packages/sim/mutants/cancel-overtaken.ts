import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A cancel that overtakes its submit cancels the job',
  edits: [
    {
      file: 'core/src/protocol/primary/clients.ts',
      anchor:
        "  decide(state, { kind: 'job-refused', job: id, status: 'cancelled', error: null });",
      replacement: '',
    },
  ],
};
