import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A repeated submit is the same submit',
  edits: [
    {
      file: 'core/src/protocol/primary/clients.ts',
      anchor: `  if (isKnown(state, spec.job)) return tellClient(state, from, spec.job);
`,
      replacement: '',
    },
  ],
};
