import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A task is slow when it takes longer than others',
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor: '    if (now - workingSince(live.task, live) <= tooLong) break;',
      replacement: '    if (now - workingSince(live.task, live) <= tooLong / 8) break;',
    },
  ],
};
