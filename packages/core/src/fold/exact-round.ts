// The rare half of exactSum: totals whose parts reach beyond 2^1000 are rounded through BigInt.
import { Refusal } from '../errors/refusal.ts';

const EXPONENT_MIN = -1074; // of the smallest double
const MANTISSA_BITS = 53;

interface Parts {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Rounds `sum(low) + 2^shift * sum(high)` to the nearest double, ties to even. */
export function roundBig(parts: Parts, shift: number): number {
  let total = 0n; // in units of 2^-1074
  for (const part of parts.low) total += unitsOf(part);
  for (const part of parts.high) total += unitsOf(part) << BigInt(shift);
  const magnitude = total < 0n ? -total : total;
  const result = nearest(magnitude);
  if (!Number.isFinite(result)) {
    throw new Refusal('a total beyond the largest number', undefined, 'LISPING_E_SUM_RANGE');
  }
  return total < 0n ? -result : result;
}

/** A finite double as a whole number of 2^-1074. */
function unitsOf(value: number): bigint {
  let exponent = 0;
  let mantissa = value;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2; // exact, since a fraction is below 2^53
    exponent--;
  }
  return BigInt(mantissa) << BigInt(exponent - EXPONENT_MIN);
}

function nearest(units: bigint): number {
  const bits = units.toString(2).length;
  const dropped = Math.max(0, bits - MANTISSA_BITS);
  let mantissa = units >> BigInt(dropped);
  const rest = units - (mantissa << BigInt(dropped));
  const half = dropped === 0 ? 0n : 1n << BigInt(dropped - 1);
  if (dropped > 0 && (rest > half || (rest === half && (mantissa & 1n) === 1n))) mantissa += 1n;
  // Two steps, because 2^-1074 * 2^dropped alone could leave the range of doubles.
  const exponent = dropped + EXPONENT_MIN;
  const step = Math.trunc(exponent / 2);
  return Number(mantissa) * 2 ** step * 2 ** (exponent - step);
}
