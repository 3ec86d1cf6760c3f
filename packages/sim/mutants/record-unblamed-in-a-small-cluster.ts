import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Where there are fewer than three nodes, those that there are suffice to blame a record',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        '  if (nodes.size < NODES_TO_BLAME_A_RECORD && !diedEverywhere(state, deaths.length, nodes)) return;',
      replacement: '  if (nodes.size < NODES_TO_BLAME_A_RECORD || deaths.length === 0) return;',
    },
  ],
};
