import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When an output is back, its re-run is called off',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `    else revokeAndTell(state, live);
  }
  state.placeable = true;`,
      replacement: `  }
  state.placeable = true;`,
    },
  ],
};
