import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Progress never goes back',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '    request.progress = furthest(request.progress, progress);',
      replacement: '    request.progress = progress;',
    },
  ],
};
