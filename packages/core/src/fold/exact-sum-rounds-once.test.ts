import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactSum } from './exact-sum.ts';

/** The exact total as a whole number of 2^-1074, and the double nearest to it, found by trying. */
function isNearest(result: number, values: readonly number[]): boolean {
  const total = values.reduce((sum, value) => sum + units(value), 0n);
  const error = distance(units(result), total);
  return [neighbour(result, 1), neighbour(result, -1)].every((other) => {
    if (!Number.isFinite(other)) return true;
    const otherError = distance(units(other), total);
    return error < otherError || (error === otherError && isEven(result));
  });
}

const view = new DataView(new ArrayBuffer(8));

function units(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -size : size;
}

function isEven(value: number): boolean {
  view.setFloat64(0, value);
  return (view.getBigUint64(0) & 1n) === 0n;
}

function neighbour(value: number, step: 1 | -1): number {
  if (value === 0) return step * Number.MIN_VALUE;
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + BigInt(value > 0 ? step : -step));
  return view.getFloat64(0);
}

function distance(a: bigint, b: bigint): bigint {
  return a > b ? a - b : b - a;
}

test('the result is the double nearest to the exact total, ties to even', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -2, max: 2 }),
    fc.constantFrom(1, 2 ** -53, -(2 ** -53), 2 ** -106, 2 ** 53, 1e16, Number.MIN_VALUE, 0.1),
    fc.constantFrom(1e308, -1e308, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 1000, 2 ** -1022),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 12 }), (values) => {
      let result: number;
      try {
        result = exactSum(values);
      } catch {
        const total = values.reduce((sum, v) => sum + units(v), 0n);
        expect(distance(total, 0n) > units(Number.MAX_VALUE)).toBe(true);
        return;
      }
      expect(isNearest(result, values)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('cases that a plain loop gets wrong', () => {
  expect(exactSum([0.1, 0.2, 0.3])).toBe(0.6);
  expect(exactSum([1e100, 1, -1e100])).toBe(1);
  expect(exactSum([1e308, 1e308, -1e308])).toBe(1e308);
  expect(exactSum([1, 2 ** -53, 2 ** -106])).toBe(1 + 2 ** -52);
  expect(exactSum([])).toBe(0);
});

test('what is no finite number is refused, and a total beyond all numbers', () => {
  expect(() => exactSum([Infinity])).toThrow(expect.objectContaining({ code: 'LISPING_E_VALUE' }));
  expect(() => exactSum(['1' as never])).toThrow(/cannot add/);
  const most = Number.MAX_VALUE;
  expect(() => exactSum([most, most])).toThrow(
    expect.objectContaining({ code: 'LISPING_E_SUM_RANGE' }),
  );
});
