import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'What lies beyond an adopted length never happened',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: 'reading.entries.push(...result.entries.slice(0, prefix.entries));',
      replacement: 'reading.entries.push(...result.entries);',
    },
  ],
};
