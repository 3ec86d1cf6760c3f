import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An answer from before a pause says nothing about successors',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: `      if (state.doubt === 'to-be-checked') {
        // This`,
      replacement: `      if (state.doubt === 'to-be-checked' && journal.batch.length < 0) {
        // This`,
    },
  ],
};
