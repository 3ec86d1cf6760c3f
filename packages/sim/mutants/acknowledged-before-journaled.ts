import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A report is acknowledged when it is in the journal',
  edits: [
    {
      file: 'core/src/protocol/primary/reports.ts',
      anchor:
        "    return decide(state, { kind: 'map-won', attempt, version: 1, checksums, counters });",
      replacement: `    answerJournaled(state, replica, attempt);
    return decide(state, { kind: 'map-won', attempt, version: 1, checksums, counters });`,
    },
  ],
};
