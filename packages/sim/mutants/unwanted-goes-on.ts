import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A replica stops what is unwanted',
  edits: [
    {
      file: 'core/src/protocol/replica/membership.ts',
      anchor: `  for (const attempt of message.unwanted) drop(state, attempt);
  for (const job`,
      replacement: '  for (const job',
    },
  ],
};
