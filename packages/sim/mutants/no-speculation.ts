import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A straggler gets a twin',
  standsFor: 'MAPREDUCE-3895',
  row: 47,
  edits: [
    {
      file: 'core/src/protocol/primary/placing.ts',
      anchor:
        '  if (state.offers.length === 0 || isAnythingToPlace(state)) return makeRoomForTwins(state, now);',
      replacement: '  if (state.offers.length >= 0) return;',
    },
  ],
};
