// A fold: an associative, commutative accumulator that the engine applies while mapping. The built-in
// ones are recognised by a registered symbol, never by identity, since a job file and the engine that
// runs it may each hold their own copy.

const FOLD: unique symbol = Symbol.for('lisping.fold') as never; // a registered symbol has no unique type

/**
 * A fold of the user's: `start` makes an accumulator, `add` takes in a value, `merge` another
 * accumulator. `add` and `merge` may change and return the left accumulator.
 *
 * @example
 * const longest: FoldDefinition<string, string> = {
 *   start: () => '',
 *   add: (best, word) => (word.length > best.length ? word : best),
 *   merge: (a, b) => (b.length > a.length ? b : a),
 * };
 */
export interface FoldDefinition<V, A = V> {
  start(): A;
  add(accumulator: A, value: V): A;
  merge(left: A, right: A): A;
}

/** A built-in fold: what `combine` takes, and a function of the values that `reduce` sees. */
export interface Fold<V, A = V> extends FoldDefinition<V, A> {
  readonly [FOLD]: true;
  (values: Iterable<V | A>): V;
}

/** Makes a fold that is callable on values. */
export function createFold<V, A>(
  definition: FoldDefinition<V, A>,
  ofValues: (values: Iterable<V | A>) => V,
): Fold<V, A> {
  const call = (values: Iterable<V | A>): V => ofValues(values);
  return Object.assign(call, definition, { [FOLD]: true } as const);
}

/** True for a built-in fold and for an object with the three functions of one. */
export function isFold(value: unknown): value is FoldDefinition<unknown, unknown> {
  if (typeof value === 'function') return FOLD in value;
  if (typeof value !== 'object' || value === null) return false;
  return (
    'start' in value &&
    typeof value.start === 'function' &&
    'add' in value &&
    typeof value.add === 'function' &&
    'merge' in value &&
    typeof value.merge === 'function'
  );
}
