import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce that runs on a superseded segment gives up',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: "    if (superseded && run.phase.kind === 'reducing') {",
      replacement:
        "    if (superseded && run.phase.kind !== 'shuffling' && run.phase.kind !== 'reducing') {",
    },
  ],
};
