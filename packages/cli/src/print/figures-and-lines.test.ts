// Figures as people read them, and lines that break only where they may.
import { describe, expect, it } from 'vitest';
import { columns, flowed, wrapped } from './layout.ts';
import { bytes, counted, grouped, seconds } from './numbers.ts';
import { shellWord } from './shell-word.ts';

describe('figures', () => {
  it.each([
    [grouped(999), '999'],
    [grouped(1_234_567), '1 234 567'],
    [counted(1, 'crash', 'crashes'), '1 crash'],
    [counted(2000, 'crash', 'crashes'), '2 000 crashes'],
    [seconds(41_118), '41.118s'],
    [seconds(59_999.9), '1m 00s'],
    [seconds(123_000), '2m 03s'],
    [seconds(3_600_000 * 30 + 300_000), '30h 05m'],
    [bytes(1023), '1023 B'],
    [bytes(1536), '1.5 KB'],
    [bytes(200 * 1024 * 1024), '200 MB'],
  ])('%s', (shown, expected) => {
    expect(shown).toBe(expected);
  });
});

describe('lines', () => {
  it('break between items, and go on below the first', () => {
    const text = flowed(['aaaa', 'bbbb', 'cccc'], { separator: ' · ', indent: 2, width: 14 });
    expect(text).toBe('aaaa · bbbb\n  cccc');
  });

  it('count no colours', () => {
    expect(columns('\u001B[31mred\u001B[39m ─▸')).toBe(6);
    expect(wrapped('\u001B[31mab\u001B[39m cd', 0, 5)).not.toContain('\n');
  });

  it('never break inside a word, however long', () => {
    expect(wrapped('abcdefgh ij', 0, 4)).toBe('abcdefgh\nij');
  });
});

describe('words for a shell', () => {
  it.each([
    ['plain-1.ts', 'plain-1.ts'],
    ['two words', "'two words'"],
    ["it's", String.raw`'it'\''s'`],
    ['*', "'*'"],
    ['', "''"],
  ])('%s', (text, expected) => {
    expect(shellWord(text)).toBe(expected);
  });
});
