import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A reduce starts when it holds the segments of all maps',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: 'return this.arrived === this.maps && !this.isBehind;',
      replacement: 'return this.arrived >= this.maps - 1 && !this.isBehind;',
    },
    {
      file: 'core/src/protocol/replica/work.ts',
      anchor:
        "assert(sources.length === plan.splits.length, 'a reduce starts with all its segments');",
      replacement: '',
    },
  ],
};
