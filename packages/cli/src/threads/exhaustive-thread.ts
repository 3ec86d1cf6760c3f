// A thread behind `lisping sim --exhaustive`: does its share of the search.
import { answerAsThread } from '@lisping/runtime';
import { exhaust, exhaustFirst, type ExhaustStep, type OpenBranches } from '@lisping/sim';

/** Which share: some variants with one fault at most, or every `of`-th of what that has left open. */
export type ExhaustiveTask =
  | { readonly stage: 'first'; readonly depth: number; readonly variants: readonly string[] }
  | {
      readonly stage: 'rest';
      readonly depth: number;
      readonly part: number;
      readonly of: number;
      readonly open: OpenBranches;
    };

/** The first stage answers with what it has left open, and null when a promise was broken. */
await answerAsThread<ExhaustiveTask, ExhaustStep, OpenBranches | null>((task, onStep) => {
  if (task.stage === 'first') return Promise.resolve(exhaustFirst({ ...task, onStep }));
  exhaust({ ...task, onStep });
  return Promise.resolve(null);
});
