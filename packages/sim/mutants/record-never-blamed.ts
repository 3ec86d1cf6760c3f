import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A record that kills process after process fails the job',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        '  if (nodes.size < NODES_TO_BLAME_A_RECORD && !diedEverywhere(state, deaths.length, nodes)) return;',
      replacement: '  if (nodes.size > 0 || diedEverywhere(state, deaths.length, nodes)) return;',
    },
  ],
};
