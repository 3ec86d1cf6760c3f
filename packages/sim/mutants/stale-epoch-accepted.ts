import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary refuses what carries an older epoch',
  standsFor: 'SPARK-24589',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor:
        'if (isFromReplica(message) && message.epoch < state.epoch) return answerCurrent(state, from);',
      replacement: '',
    },
  ],
};
