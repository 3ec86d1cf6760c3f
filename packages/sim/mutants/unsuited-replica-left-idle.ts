import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that a waiting task avoids gets the next one, once that task is placed elsewhere',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: '  if (isAnyUsed && unsuited.length > 0) state.placeable = true;',
      replacement: '',
    },
  ],
};
