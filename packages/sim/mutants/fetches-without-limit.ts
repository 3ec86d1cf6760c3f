import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce keeps a few requests on their way, not any number',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'if (this.isBehind || this.inFlight >= this.timing.fetchesInFlight) return null;',
      replacement: 'if (this.isBehind) return null;',
    },
  ],
};
