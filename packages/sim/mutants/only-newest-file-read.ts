import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor reads every file back to one that adopted the past',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor:
        "  if (first === undefined || first.kind !== 'adoption') return readNext(state, reading);",
      replacement:
        "  if (first === undefined || first.kind !== 'adoption') return adopt(state, reading.epoch, [], []);",
    },
  ],
};
