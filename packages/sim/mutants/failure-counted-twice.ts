import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A failure that is reported again counts once',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '  if (live?.failing === true) return;',
      replacement: '',
    },
  ],
};
