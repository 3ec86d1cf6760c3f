// Sums of whole numbers. Fractions are refused: their sum depends on the order of additions, which no
// cluster fixes.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { createFold, type Fold } from './fold.ts';

function add(total: number, value: number): number {
  const result = total + value;
  if (Number.isSafeInteger(result) && Number.isSafeInteger(value)) return result + 0;
  throw refusal(total, value);
}

function refusal(total: unknown, value: unknown): Refusal {
  if (typeof value !== 'number') {
    return new Refusal(`${describe(value)}, which sum cannot add`, 'sum adds whole numbers.');
  }
  if (!Number.isFinite(value)) return new Refusal(`${value}, which sum cannot add`);
  if (!Number.isInteger(value))
    return new Refusal(describe(value), undefined, 'LISPING_E_SUM_FRACTION');
  return new Refusal(
    `${describe(total)} + ${describe(value)}, which is beyond 2^53 - 1`,
    undefined,
    'LISPING_E_SUM_RANGE',
  );
}

/**
 * The fold that adds whole numbers, exact up to 2^53 - 1; also a function of values.
 *
 * @example
 * job({
 *   map(line, emit) { emit(line, 1); },
 *   combine: sum,
 *   reduce(line, counts, emit) { emit(line, sum(counts)); },
 * });
 */
export const sum: Fold<number, number> = createFold(
  { start: () => 0, add, merge: add },
  (values) => {
    let total = 0;
    for (const value of values) total = add(total, value);
    return total;
  },
);
