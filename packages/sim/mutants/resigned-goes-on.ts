import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that resigned does nothing more at a timer',
  survives: 'not seen killed yet: open',
  edits: [
    {
      file: 'core/src/protocol/primary/primary.ts',
      anchor: `    if (state.journal.kind === 'resigned') return;
    this.noticePause(now);
    state.effects`,
      replacement: `    this.noticePause(now);
    state.effects`,
    },
  ],
};
