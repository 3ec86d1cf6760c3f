import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica that hears nothing tries the next address',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor:
        "  if (state.address.asking() && state.membership === 'joining') return beginSnapshot(state, now);",
      replacement: '',
    },
  ],
};
