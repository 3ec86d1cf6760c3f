/**
 * Was it as if every operation had happened at one moment between its beginning and its end? The
 * search is that of J. Wing and C. Gong, "Testing and Verifying Concurrent Objects", 1993, with the
 * states that were reached remembered, as G. Lowe proposed in 2017.
 */
import type { Microseconds } from '@lisping/core';
import { fieldsOf } from './machine-story.ts';

/** One operation of a client. */
export interface ClientOperation<Input, Output> {
  readonly client: string;
  readonly input: Input;
  /** What it was answered; undefined as long as nobody knows, and it may still happen. */
  readonly output: Output | undefined;
  readonly began: Microseconds;
  /** Null: it was never answered. */
  readonly ended: Microseconds | null;
}

/** What a sequential object would do: plain data, and functions that change none of it. */
export interface SequentialModel<State, Input, Output> {
  readonly initial: State;
  /** The state after an operation in this state that was answered so; null when it cannot be. */
  after(state: State, input: Input, output: Output | undefined): State | null;
}

/**
 * True when some order of the operations, each at one moment between its beginning and its end, gives
 * what they were answered. Operations without an answer may have happened or not. The cost grows with
 * the number of operations that overlap, so keep histories to some dozens.
 *
 * @example
 * const register: SequentialModel<number, number | 'read', number> = {
 *   initial: 0,
 *   after: (state, input, output) =>
 *     input !== 'read' ? input : output === undefined || output === state ? state : null,
 * };
 * const history = [
 *   { client: 'a', input: 1, output: 1, began: 0, ended: 10 },
 *   { client: 'b', input: 'read', output: 0, began: 20, ended: 30 },
 * ] as const;
 * linearizable(history, register); // false: the write had ended, and is not seen
 */
export function linearizable<State, Input, Output>(
  history: readonly ClientOperation<Input, Output>[],
  model: SequentialModel<State, Input, Output>,
): boolean {
  const operations = [...history].sort((a, b) => a.began - b.began);
  const seen = new Set<string>();
  const isDone = operations.map(() => false);

  /** Whether what is left can follow in this state. */
  const follows = (state: State): boolean => {
    const left = operations.filter((_, place) => isDone[place] === false);
    const firstEnd = Math.min(...left.map(({ ended }) => ended ?? Infinity));
    if (firstEnd === Infinity) return true; // nobody was told of any of them
    const reached = `${isDone.map(Number).join('')} ${fieldsOf(state)}`;
    if (seen.has(reached)) return false;
    seen.add(reached);
    return operations.some(({ began, input, output }, place) => {
      if (isDone[place] === true || began > firstEnd) return false;
      const next = model.after(state, input, output);
      if (next === null) return false;
      isDone[place] = true;
      if (follows(next)) return true;
      isDone[place] = false;
      return false;
    });
  };
  return follows(model.initial);
}
