import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A failure that is in the journal is not forgiven by a restart',
  edits: [
    {
      file: 'core/src/protocol/primary/apply.ts',
      anchor: '      task.failures = withItem(task.failures, entry.attempt);',
      replacement: '      if (here) task.failures = withItem(task.failures, entry.attempt);',
    },
  ],
};
