// A thread behind `lisping sim --exhaustive`: does its share of the search.
import { answerAsThread } from '@lisping/runtime';
import { exhaust, type ExhaustStep } from '@lisping/sim';

/** Which share. */
export interface ExhaustiveTask {
  readonly depth: number;
  readonly part: number;
  readonly of: number;
}

await answerAsThread<ExhaustiveTask, ExhaustStep, null>((task, progress) => {
  exhaust({ ...task, onStep: progress });
  return Promise.resolve(null);
});
