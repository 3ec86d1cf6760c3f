import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reporter that can reach nobody is itself at fault',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: '  if (isReporterAtFault(state, live)) return blame(state, live);',
      replacement: '',
    },
  ],
};
