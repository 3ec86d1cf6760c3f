import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Progress never goes back',
  edits: [
    {
      file: 'core/src/protocol/client/client.ts',
      anchor: '    request.progress = furthest(request.progress, progress);',
      replacement: '    request.progress = progress;',
    },
  ],
};
