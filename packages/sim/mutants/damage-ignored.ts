import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A damaged segment is made again',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `      return withdrawAll(state, source, message);
    case 'missing':`,
      replacement: `      return;
    case 'missing':`,
    },
  ],
};
