import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An attempt that gave up for want of a lease does not count as a failure',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: "      if (outcome.reason === 'store-full') task.storeFull++;",
      replacement: "      if (outcome.reason !== 'store') task.storeFull += 4;",
    },
  ],
};
