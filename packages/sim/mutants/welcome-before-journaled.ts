import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica is welcomed when it is in the list',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: "  decide(state, { kind: 'replica-joined', replica: replica.id });",
      replacement: `  decide(state, { kind: 'replica-joined', replica: replica.id });
  welcome(state, replica);`,
    },
  ],
};
