import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce reads the log of locations to its end before it fetches',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'if (this.isBehind || this.inFlight',
      replacement: 'if (this.inFlight',
    },
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'return this.arrived === this.maps && !this.isBehind;',
      replacement: 'return this.arrived === this.maps;',
    },
  ],
};
