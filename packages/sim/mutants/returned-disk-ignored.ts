import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What a replica found on its disk counts again',
  standsFor: 'YARN-3194',
  row: 37,
  edits: [
    {
      file: 'core/src/protocol/replica/replica.ts',
      anchor: 'for (const output of state.options.held) {',
      replacement: 'for (const output of state.options.held.slice(state.options.held.length)) {',
    },
  ],
};
