import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A heartbeat that was overtaken by a later one is not listened to',
  edits: [
    {
      file: 'core/src/protocol/primary/members.ts',
      anchor: `  if (known && message.number <= replica.heartbeat) return;
`,
      replacement: '',
    },
  ],
};
