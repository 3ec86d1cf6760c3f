// What every built-in fold promises: neither the order of values nor where they are cut shows.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count } from './count.ts';
import { exactSum } from './exact-sum.ts';
import { max, min } from './extremes.ts';
import { type Fold, isFold } from './fold.ts';
import { sum } from './sum.ts';

const whole = fc.integer({ min: -1e9, max: 1e9 });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e300, min: -1e300 });

const CASES: readonly [string, Fold<number, unknown>, fc.Arbitrary<number>][] = [
  ['sum', sum as Fold<number, unknown>, whole],
  ['min', min as Fold<number, unknown>, finite],
  ['max', max as Fold<number, unknown>, finite],
  ['exactSum', exactSum as Fold<number, unknown>, finite],
];

describe.each(CASES)('%s', (_name, fold, value) => {
  test('is the same for any order and any cut into accumulators', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.nat(), fc.nat(3)), { minLength: 1 }), (entries) => {
        const values = entries.map(([v]) => v);
        const groups = new Map<number, unknown>();
        for (const [v, , group] of entries.toSorted((a, b) => a[1] - b[1])) {
          groups.set(group, fold.add(groups.has(group) ? groups.get(group) : fold.start(), v));
        }
        const travelled = [...groups.values()].map((a) => JSON.parse(JSON.stringify(a)) as unknown);
        expect(fold(travelled)).toBe(fold(values));
        const merged = travelled.reduce((a, b) => fold.merge(a, b));
        expect(fold([merged])).toBe(fold(values));
      }),
    );
  });
});

test('sum adds, min and max choose, count counts', () => {
  expect([sum([1, 2, 3]), min([3, 1, 2]), max([3, 1, 2]), count([1, 1, 1])]).toEqual([6, 1, 3, 3]);
  expect(Object.is(sum([-0]), 0) && Object.is(min([-0]), 0) && Object.is(max([0, -0]), 0)).toBe(
    true,
  );
});

test('sum refuses a fraction, a string, and a total beyond 2^53 - 1', () => {
  expect(() => sum([0.5])).toThrow(expect.objectContaining({ code: 'LISPING_E_SUM_FRACTION' }));
  expect(() => sum(['1' as never])).toThrow(expect.objectContaining({ code: 'LISPING_E_VALUE' }));
  expect(() => sum([NaN])).toThrow(expect.objectContaining({ code: 'LISPING_E_VALUE' }));
  const most = Number.MAX_SAFE_INTEGER;
  expect(sum([most])).toBe(most);
  expect(() => sum([most, 1])).toThrow(expect.objectContaining({ code: 'LISPING_E_SUM_RANGE' }));
});

test('folds are told by brand, so that one of another copy is a fold too', () => {
  const other = Object.assign(() => 0, { start: () => 0, [Symbol.for('lisping.fold')]: true });
  expect([sum, min, max, exactSum, other].every(isFold)).toBe(true);
  expect(isFold({ start: () => 0, add: () => 0, merge: () => 0 })).toBe(true);
  expect([count, () => 0, {}, { start: 1 }, null].some(isFold)).toBe(false);
});
