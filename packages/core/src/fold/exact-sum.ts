// Exact sums of fractions. The accumulator is a list of numbers whose bits do not overlap (Shewchuk's
// expansion), so that nothing is lost and the order of additions cannot show; one rounding at the end.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { createFold, type Fold } from './fold.ts';
import { roundBig } from './exact-round.ts';

const HIGH = 2 ** 1000; // what reaches this is kept divided by SCALE, so that no addition overflows
const SCALE = 2 ** 64;

/** An exact total: parts to be added, and parts to be added after multiplying by 2^64. */
export interface ExactTotal {
  readonly low: number[];
  readonly high: number[];
}

function start(): ExactTotal {
  return { low: [], high: [] };
}

function add(total: ExactTotal, value: number | ExactTotal): ExactTotal {
  if (typeof value !== 'number') return merge(total, value);
  if (!Number.isFinite(value)) {
    throw new Refusal(
      `${describe(value)}, which exactSum cannot add`,
      'exactSum adds finite numbers.',
    );
  }
  if (Math.abs(value) < HIGH) growLow(total, value);
  else growExpansion(total.high, value / SCALE);
  return total;
}

function merge(left: ExactTotal, right: ExactTotal): ExactTotal {
  if (!Array.isArray(right?.low) || !Array.isArray(right.high)) {
    throw new Refusal(
      `${describe(right)}, which exactSum cannot add`,
      'exactSum adds finite numbers.',
    );
  }
  for (const part of right.low) growLow(left, part);
  for (const part of right.high) growExpansion(left.high, part);
  return left;
}

function growLow(total: ExactTotal, value: number): void {
  growExpansion(total.low, value);
  const largest = total.low.at(-1);
  if (largest !== undefined && Math.abs(largest) >= HIGH) {
    total.low.pop();
    growExpansion(total.high, largest / SCALE);
  }
}

/** Adds one number to the parts; they stay ordered by size, without zeros. */
function growExpansion(parts: number[], value: number): void {
  let rest = value;
  let kept = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const [larger, smaller] = Math.abs(rest) < Math.abs(part) ? [part, rest] : [rest, part];
    const rounded = larger + smaller;
    const error = smaller - (rounded - larger);
    if (error !== 0) parts[kept++] = error;
    rest = rounded;
  }
  parts.length = kept;
  if (rest !== 0) parts.push(rest);
}

/** The number nearest to the total, ties to even. */
function round(total: ExactTotal): number {
  if (total.high.length > 0) return roundBig(total, 64);
  const parts = total.low;
  let at = parts.length - 1;
  let nearest = at < 0 ? 0 : parts[at]!;
  let error = 0;
  while (at > 0 && error === 0) {
    const before = nearest;
    const part = parts[--at]!;
    nearest = before + part;
    error = part - (nearest - before);
  }
  // Half-way cases: what lies below decides, and addition could not see it.
  if (at > 0 && Math.sign(error) === Math.sign(parts[at - 1]!)) {
    const doubled = error * 2;
    const up = nearest + doubled;
    if (up - nearest === doubled) nearest = up;
  }
  return nearest + 0;
}

/**
 * The fold that adds finite numbers exactly and rounds once; also a function of values.
 *
 * @example
 * exactSum([0.1, 0.2, 0.3]); // 0.6, where 0.1 + 0.2 + 0.3 is 0.6000000000000001
 */
export const exactSum: Fold<number, ExactTotal> = createFold<number, ExactTotal>(
  { start, add, merge },
  (values) => {
    let total = start();
    for (const value of values) total = add(total, value);
    return round(total);
  },
);
