import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Held bytes count when their checksums are the journaled ones',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  if (task.canonical.checksumsDigest !== summary.checksums) return false;
`,
      replacement: '',
    },
  ],
};
