import { describe, expect, test } from 'vitest';
import { Draws, mixKey } from './draws.ts';
import { Occurrences } from './occurrences.ts';

describe('a draw', () => {
  test('is the same whatever was drawn before', () => {
    const draws = new Draws('seed', 'purpose');
    const first = draws.bits(42);
    for (let i = 0; i < 100; i++) draws.bits(i);
    expect(draws.bits(42)).toBe(first);
    expect(new Draws('seed', 'purpose').bits(42)).toBe(first);
  });

  test('differs by seed and by purpose, also where one text runs into the other', () => {
    const all = [
      new Draws('ab', 'cd'),
      new Draws('abc', 'd'),
      new Draws('ab', 'c'),
      new Draws('abab', ''),
      new Draws('ab', ''),
    ].map((draws) => draws.bits(1));
    expect(new Set(all).size).toBe(all.length);
  });

  test('is spread evenly', () => {
    const draws = new Draws('seed', 'even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const at = draws.below(10, mixKey(7, i));
      counts[at] = (counts[at] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('stays within its limits, both ends possible', () => {
    const draws = new Draws('seed', 'limits');
    const seen = new Set<number>();
    for (let i = 0; i < 1000; i++) seen.add(draws.between(3, 5, i));
    expect([...seen].sort((a, b) => a - b)).toEqual([3, 4, 5]);
  });
});

describe('occurrences', () => {
  test('are counted per key, for more keys than there was room for', () => {
    const occurrences = new Occurrences();
    for (let round = 0; round < 3; round++) {
      for (let key = 0; key < 20_000; key++) expect(occurrences.next(key, ~key, 0)).toBe(round);
    }
    occurrences.clear();
    expect(occurrences.next(5, ~5, 0)).toBe(0);
  });

  test('are forgotten when a key was not seen for long, and not before', () => {
    const minutes = (count: number): number => count * 60e6;
    const occurrences = new Occurrences();
    const next = (now: number): number => occurrences.next(7, 8, now);
    expect([next(minutes(4)), next(minutes(6)), next(minutes(11))]).toEqual([0, 1, 2]);
    expect(occurrences.next(1, 2, minutes(26))).toBe(0);
    expect(next(minutes(26))).toBe(0);
  });
});
