/**
 * Delta debugging: of a list that fails, a part that still fails and of which nothing can be left
 * out. The algorithm is ddmin of A. Zeller and R. Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE Transactions on Software Engineering 28(2), 2002.
 */

/**
 * A 1-minimal part of a list: `fails` says no to it without any one of its items. The whole list
 * must fail; `fails` is first asked about the empty one. Items keep their order.
 *
 * @example
 * ddmin([1, 2, 3, 4], (items) => items.includes(3)); // [3]
 */
export function ddmin<T>(
  items: readonly T[],
  fails: (items: readonly T[]) => boolean,
): readonly T[] {
  if (items.length === 0 || fails([])) return [];
  let kept = items;
  let parts = 2;
  while (kept.length > 1) {
    const chunks = cut(kept, parts);
    const alone = chunks.find((chunk) => fails(chunk));
    if (alone !== undefined) {
      kept = alone;
      parts = 2;
      continue;
    }
    // Of two halves, what is left without one is the other.
    const rest = parts === 2 ? undefined : without(chunks, fails);
    if (rest !== undefined) {
      kept = rest;
      parts -= 1;
    } else if (parts >= kept.length) break;
    else parts = Math.min(parts * 2, kept.length);
  }
  return kept;
}

/** So many pieces of nearly the same length. */
function cut<T>(items: readonly T[], parts: number): (readonly T[])[] {
  const border = (part: number): number => Math.floor((part * items.length) / parts);
  return Array.from({ length: parts }, (_, part) => items.slice(border(part), border(part + 1)));
}

/** The first that fails of what is left without one chunk. */
function without<T>(
  chunks: readonly (readonly T[])[],
  fails: (items: readonly T[]) => boolean,
): readonly T[] | undefined {
  for (const left of chunks.keys()) {
    const rest = chunks.flatMap((chunk, place) => (place === left ? [] : chunk));
    if (fails(rest)) return rest;
  }
  return undefined;
}
