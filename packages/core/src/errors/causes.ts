/** An error and what caused it: what wraps an error is often ours, and the innermost one the user's. */

/** A chain that is longer, or closed, tells nobody more. */
const CAUSES_MAX = 8;

/**
 * The error, then its cause, then that one's, as far as they are errors.
 *
 * @example
 * causesOf(new Error('outer', { cause: new Error('inner') })).map(({ message }) => message); // ['outer', 'inner']
 */
export function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  let current = error;
  while (current instanceof Error && chain.length < CAUSES_MAX) {
    chain.push(current);
    current = current.cause;
  }
  return chain;
}
