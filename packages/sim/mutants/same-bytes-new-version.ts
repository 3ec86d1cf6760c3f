import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'The same bytes again are no new version',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '  if (sameChecksums(checksums, canonical.checksums)) {',
      replacement: '  if (sameChecksums(checksums, [])) {',
    },
  ],
};
