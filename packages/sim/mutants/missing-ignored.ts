import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that is missing is made again',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: `    case 'missing':
      return withdrawAll(state, source, message);`,
      replacement: `    case 'missing':
      return;`,
    },
  ],
};
