import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A decision acts when it is durable',
  edits: [
    {
      file: 'core/src/protocol/primary/journal.ts',
      anchor: `  state.effects.push({ kind: 'journal-write', effect, epoch: state.epoch, entries: batch });
}`,
      replacement: `  state.effects.push({ kind: 'journal-write', effect, epoch: state.epoch, entries: batch });
  for (const entry of batch) if (entry.kind === 'job-outcome') state.decided.push(entry);
}`,
    },
  ],
};
