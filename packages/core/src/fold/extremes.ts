// The smallest and the largest number.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { createFold, type Fold } from './fold.ts';

function finite(value: number): number {
  if (Number.isFinite(value)) return value + 0; // -0 becomes 0: which came first must not show
  throw new Refusal(
    `${describe(value)}, which cannot be compared`,
    'min and max take finite numbers.',
  );
}

function extreme(start: number, isBetter: (a: number, b: number) => boolean): Fold<number, number> {
  const add = (best: number, value: number): number => {
    const checked = finite(value);
    return isBetter(checked, best) ? checked : best;
  };
  return createFold({ start: () => start, add, merge: add }, (values) => {
    let best = start;
    for (const value of values) best = add(best, value);
    return best;
  });
}

/**
 * The fold that keeps the smallest number; also a function of values.
 *
 * @example
 * min([3, 1, 2]); // 1
 */
export const min: Fold<number, number> = extreme(Infinity, (a, b) => a < b);

/**
 * The fold that keeps the largest number; also a function of values.
 *
 * @example
 * max([3, 1, 2]); // 3
 */
export const max: Fold<number, number> = extreme(-Infinity, (a, b) => a > b);
