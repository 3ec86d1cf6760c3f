// What was seen on Hadoop 3.4.2: which split reads which line, what ends a line, what a byte order
// mark is.
import { describe, expect, test } from 'vitest';
import { readSplits } from '../testing/read-splits.ts';
import { lines } from './lines.ts';

function linesBySplit(input: string | Uint8Array, splitBytes: number, chunkBytes = 3): string[][] {
  const raw = typeof input === 'string' ? Buffer.from(input) : input;
  return readSplits(lines(), raw, splitBytes, chunkBytes).map(({ found }) =>
    found.map(([line]) => line),
  );
}

test('a split reads the line that starts at its end: 1234567 LF abcdef LF xyz at 8 bytes', () => {
  expect(linesBySplit('1234567\nabcdef\nxyz', 8)).toEqual([['1234567', 'abcdef'], ['xyz'], []]);
});

test('LF, CR and CRLF end a line: a CR b TAB c CRLF d is three', () => {
  expect(linesBySplit('a\rb\tc\r\nd', 100)).toEqual([['a', 'b\tc', 'd']]);
});

test('the last line needs no end, and an end begins no line', () => {
  expect(linesBySplit('a\n\n', 100)).toEqual([['a', '']]);
  expect(linesBySplit('', 100)).toEqual([[]]);
  expect(linesBySplit('\n', 100)).toEqual([['']]);
  expect(linesBySplit('a\r', 100, 1)).toEqual([['a']]);
});

test('a CRLF cut in two by a split or by a chunk ends one line', () => {
  for (let splitBytes = 1; splitBytes <= 8; splitBytes++) {
    for (let chunkBytes = 1; chunkBytes <= 8; chunkBytes++) {
      expect(linesBySplit('ab\r\n\r\ncd\r\n', splitBytes, chunkBytes).flat()).toEqual([
        'ab',
        '',
        'cd',
      ]);
    }
  }
});

describe('a byte order mark', () => {
  const mark = '\uFEFF';

  test('is dropped at the beginning of the file only', () => {
    expect(linesBySplit(`${mark}a\n${mark}b`, 100)).toEqual([['a', `${mark}b`]]);
    expect(linesBySplit(`${mark}${mark}a`, 100)).toEqual([[`${mark}a`]]);
  });

  test('alone is no line, with LF it is one empty line', () => {
    expect(linesBySplit(mark, 100)).toEqual([[]]);
    expect(linesBySplit(`${mark}\n`, 100)).toEqual([['']]);
  });

  test('does not move its line to another split, nor its offset', () => {
    const [first, ...others] = readSplits(lines(), Buffer.from(`${mark}a\nb`), 1, 1);
    expect(first!.found).toEqual([['a', 0]]);
    expect(others.flatMap(({ found }) => found)).toEqual([['b', 5]]);
  });
});

test('a split reads no further than to the end of its last line', () => {
  const input = Buffer.from('aaaa\nbbbb\n'.repeat(1000));
  let fed = 0;
  const parser = lines().open(
    { file: 'f', fileSize: input.length, start: 10, length: 10 },
    () => {},
    { decode: (b, from, to) => Buffer.from(b).toString('latin1', from, to), count() {} },
  );
  while (parser.write(input.subarray(10 + fed, 11 + fed))) fed++;
  expect(fed).toBeLessThanOrEqual(16);
});

test('a line of many chunks arrives whole', () => {
  const piece = new Uint8Array(1000).fill(0x61);
  let length = 0;
  const parser = lines().open(
    { file: 'f', fileSize: 2e7, start: 0, length: 2e7 },
    (line) => (length = line.length),
    { decode: (b, from, to) => Buffer.from(b.buffer).toString('latin1', from, to), count() {} },
  );
  for (let i = 0; i < 20_000; i++) parser.write(piece);
  parser.end();
  expect(length).toBe(2e7);
});
