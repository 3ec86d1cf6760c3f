import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Other bytes are a new version',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '  if (sameChecksums(checksums, canonical.checksums)) {',
      replacement: '  if (sameChecksums(checksums, checksums)) {',
    },
  ],
};
