import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'Nobody believes the complaint of an attempt that counts no more',
  standsFor: 'SPARK-23816',
  row: 27,
  edits: [
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: '  if (live === undefined || live.ended || source === undefined) return;',
      replacement: `  if (source === undefined) return;
  if (live === undefined || live.ended) return withdrawAll(state, source, message);`,
    },
  ],
};
