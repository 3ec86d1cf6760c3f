import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that is missing is made again',
  survives:
    'who does not have what it is asked for has begun another life, which strikes it, or was told to discard it by a primary that had struck it already. Second line',
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
