import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A successor sweeps what late operations of its predecessor may have made',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: '    this.sweepEnded(now, history);',
      replacement: '',
    },
  ],
};
