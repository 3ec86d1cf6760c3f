import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'An output that is gone leaves the digest',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/places.ts',
      anchor: `  entry.attempts.splice(index, 1);
  replica.heldDigest = (replica.heldDigest - attemptElement(attempt, job.hash)) | 0;`,
      replacement: '  entry.attempts.splice(index, 1);',
    },
  ],
};
