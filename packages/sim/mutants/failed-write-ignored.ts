import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'After a write that failed a primary resigns',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: `      if (!result.ok) return failed(state, 'journal-failed');
      check(state, journal.batch);`,
      replacement: '      check(state, journal.batch);',
    },
  ],
};
