import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'When a version rises every reduce begins again',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor: '    for (const live of reduce.live.slice()) revokeAndTell(state, live);',
      replacement: '',
    },
  ],
};
