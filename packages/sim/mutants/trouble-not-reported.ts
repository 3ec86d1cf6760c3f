import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce says that it cannot get its segments',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor: "    sendTrouble(state, attempt, batch, 'unreachable', batch.wants, shuffle);",
      replacement: '',
    },
  ],
};
