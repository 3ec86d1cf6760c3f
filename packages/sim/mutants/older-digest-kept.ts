import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that is gone leaves the digest',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `  entry.attempts = without(entry.attempts, held);
  replica.heldDigest = (replica.heldDigest - attemptElement(attempt, job.hash)) | 0;`,
      replacement: '  entry.attempts = without(entry.attempts, held);',
    },
  ],
};
