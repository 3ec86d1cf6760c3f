import type { Mutant } from './build-mutant.ts';

export const mutant: Mutant = {
  rule: 'A killed attempt accuses nobody, and nobody believes it',
  standsFor: 'SPARK-23816',
  row: 27,
  edits: [
    {
      file: 'core/src/protocol/replica/endings.ts',
      anchor: `    remove(state, run);
    abandon(state, attempt);
  }
  forgetEnded`,
      replacement: `    if (run.phase.kind === 'shuffling') {
      for (const { from, wants } of run.phase.shuffle.nextBatches(Number.POSITIVE_INFINITY)) {
        const [first] = wants;
        if (first === undefined) continue;
        send(state, { kind: 'fetch-trouble', ...envelope(state), attempt, source: from,
          sourceLife: first.sourceLife, problem: 'missing', failures: 1,
          outputs: wants.map((want) => want.attempt) });
      }
    }
    remove(state, run);
    abandon(state, attempt);
  }
  forgetEnded`,
    },
    {
      file: 'core/src/protocol/primary/troubles.ts',
      anchor: '  if (live === undefined || live.ended || source === undefined) return;',
      replacement: `  if (source === undefined) return;
  if (live === undefined || live.ended) return withdrawAll(state, source, message);`,
    },
  ],
};
