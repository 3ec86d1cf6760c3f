import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A primary that resigned does nothing more at a timer',
  survives:
    'the host ends the process at `resign` and fires no timer after it. The rule is for a host that is slow to do so',
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
