import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica is told of work that nobody wants',
  survives:
    'what is revoked is told until a heartbeat shows that it was heard, and what comes back after a loss is told with the welcome (snapshot-work-runs-on): a heartbeat names nothing else. Second line',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: '    if (!isKept(state, replica, attempt)) tellUnwanted(replica, attempt);',
      replacement: '    isKept(state, replica, attempt);',
    },
  ],
};
