import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A client hears the end when it is journaled',
  edits: [
    {
      file: 'core/src/protocol/primary/commit.ts',
      anchor: "  decide(state, { kind: 'job-ended', job: id, status: finalStatus(job) });",
      replacement: `  decide(state, { kind: 'job-ended', job: id, status: finalStatus(job) });
  state.effects.push({
    kind: 'send',
    to: job.client,
    message: {
      kind: 'news', epoch: state.epoch, incarnation: 0 as never, job: id,
      status: finalStatus(job), progress: { maps: 0, mapsDone: 0, reduces: 0, reducesDone: 0 },
      error: job.error, counters: {},
    },
  });`,
    },
  ],
};
