// How many values there are. No fold: after a combiner, values are accumulators, and counting those
// would give another number.

/**
 * The number of values; reads them all.
 *
 * @example
 * reduce(word, lines, emit) { emit(word, count(lines)); }
 */
export function count(values: Iterable<unknown>): number {
  let total = 0;
  for (const _ of values) total++;
  return total;
}
