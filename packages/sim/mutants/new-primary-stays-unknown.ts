import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A new primary tells the replicas of the list that it is there',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: `      state.awaited.add(replica.id);
      answerCurrent(state, replica.id);`,
      replacement: '      state.awaited.add(replica.id);',
    },
  ],
};
