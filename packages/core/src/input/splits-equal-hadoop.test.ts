// Splits that were seen on Hadoop 3.4.2.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planSplits } from './plan-splits.ts';

const cut = (size: number, splitBytes: number): [number, number][] =>
  planSplits([{ path: 'a', size }], splitBytes, true).map(({ start, length }) => [start, length]);

test('39 bytes in 7-byte blocks: five of 7 and one of 4', () => {
  expect(cut(39, 7)).toEqual([
    [0, 7],
    [7, 7],
    [14, 7],
    [21, 7],
    [28, 7],
    [35, 4],
  ]);
});

test('a last split may be a tenth larger: 110 bytes at 100 are one', () => {
  expect(cut(110, 100)).toEqual([[0, 110]]);
  expect(cut(111, 100)).toEqual([
    [0, 100],
    [100, 11],
  ]);
});

test('209 bytes at 100: the second is longer, and is task 0', () => {
  expect(cut(209, 100)).toEqual([
    [100, 109],
    [0, 100],
  ]);
});

test('19 bytes at 9: 9 + 9 + 1', () => {
  expect(cut(19, 9)).toEqual([
    [0, 9],
    [9, 9],
    [18, 1],
  ]);
});

test('an empty file is one empty split, numbered last', () => {
  expect(cut(0, 9)).toEqual([[0, 0]]);
  const files = [
    { path: 'a', size: 0 },
    { path: 'b', size: 5 },
  ];
  expect(planSplits(files, 9, true).map(({ file }) => file)).toEqual([1, 0]);
});

test('equal sizes keep the order of the files; a file named twice is read twice', () => {
  const files = ['b', 'a', 'b'].map((path) => ({ path, size: 4 }));
  expect(planSplits(files, 9, true).map(({ file }) => file)).toEqual([0, 1, 2]);
});

test('a format that cannot be split gets whole files', () => {
  expect(planSplits([{ path: 'a', size: 100 }], 7, false)).toEqual([
    { file: 0, start: 0, length: 100 },
  ]);
});

test('splits cover every byte once, none longer than 1.1 times what was asked', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 600 }), (size, splitBytes) => {
      const splits = cut(size, splitBytes).sort((a, b) => a[0] - b[0]);
      let at = 0;
      for (const [start, length] of splits) {
        expect(start).toBe(at);
        expect(length).toBeLessThanOrEqual(splitBytes * 1.1);
        at += length;
      }
      expect(at).toBe(size);
    }),
  );
});
