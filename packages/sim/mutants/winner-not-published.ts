import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The part that won is published',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: `  beginPublishing(state, task);
}`,
      replacement: '}',
    },
  ],
};
