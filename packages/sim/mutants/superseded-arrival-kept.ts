import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A segment that was superseded on its way is of no use',
  survives:
    'the log is read to its end before anything is fetched, and a request is given up sooner than a map is run again, so nothing is superseded on its way; a part made of it would be refused (old-versions-commit). Third line',
  edits: [
    {
      file: 'core/src/protocol/replica/shuffle.ts',
      anchor: `    if (known && known.version > want.version) return;
`,
      replacement: '',
    },
  ],
};
