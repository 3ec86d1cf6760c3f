import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ddmin } from './ddmin.ts';

const list = fc.uniqueArray(fc.nat(), { maxLength: 60 });
/** Groups, all of one of which must be there: what is 1-minimal need not be the only such part. */
const causes = fc.array(fc.uniqueArray(fc.nat(59), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 4,
});

test.prop([list, causes])('what is left fails, and not without any one item', (items, groups) => {
  const needed = groups.map((group) => group.flatMap((place) => items.slice(place, place + 1)));
  const fails = (some: readonly number[]): boolean =>
    needed.some((group) => group.every((item) => some.includes(item)));
  const kept = ddmin(items, fails);
  expect(fails(kept)).toBe(true);
  for (const item of kept) expect(fails(kept.filter((other) => other !== item))).toBe(false);
  expect(items.filter((item) => kept.includes(item))).toEqual(kept);
});

test('one of a thousand is found in a few dozen runs', () => {
  let runs = 0;
  const items = Array.from({ length: 1000 }, (_, i) => i);
  const kept = ddmin(items, (some) => {
    runs++;
    return some.includes(617);
  });
  expect(kept).toEqual([617]);
  expect(runs).toBeLessThan(40);
});

test('what fails without anything is left with nothing', () => {
  expect(ddmin([1, 2, 3], () => true)).toEqual([]);
});
