import { describe, expect, test } from 'vitest';
import { allFound, readSplits } from '../testing/read-splits.ts';
import { csv, jsonLines, keyValue, wholeFiles } from './index.ts';

const malformed = (offset: number, message: RegExp): unknown =>
  expect.objectContaining({
    code: 'LISPING_E_RECORD',
    message: expect.stringMatching(message),
    record: expect.objectContaining({ input: 'f', offset }),
  });

const read = (format: Parameters<typeof readSplits>[0], text: string): unknown =>
  allFound(readSplits(format, Buffer.from(text), 1000, 7));

describe('csv', () => {
  test.each([
    ['a quote that is never closed', csv(), 'a,b\n"1,2', 4, /Quote Not Closed/],
    ['a quote inside a field', csv(), 'a,b\nc"d,e\n', 4, /Invalid Opening Quote/],
    ['too few fields', csv({ header: true }), 'a,b\n1,2\n3\n', 8, /1 fields where 2 are named/],
    ['too many fields', csv({ columns: ['a'] }), '1\n2,3\n', 2, /2 fields where 1 are named/],
    ['a header that names a column twice', csv({ header: true }), 'a,a\n', 0, /twice/],
    [
      'a line break in quotes where none may be',
      csv({ quotedNewlines: false }),
      'a,b\n"c\nd",e\n',
      4,
      /quote/i,
    ],
  ])('%s', (_what, format, text, offset, message) => {
    expect(() => read(format, text)).toThrow(malformed(offset, message));
  });

  test.each([
    [{ delimeter: ';' }, /no option delimeter/],
    [{ delimiter: '' }, /delimiter is empty/],
    [{ quote: '""' }, /one character/],
    [{ quote: ',' }, /the same/],
    [{ header: true, columns: ['a'] }, /both header and columns/],
    [{ columns: ['a', 'a'] }, /twice/],
  ])('options %j are refused when the job is loaded', (options, message) => {
    const load = csv as (options: unknown) => unknown;
    expect(() => load(options)).toThrow(
      expect.objectContaining({
        code: 'LISPING_E_FORMAT',
        message: expect.stringMatching(message),
      }),
    );
  });

  test('header: true gives objects, per file; columns gives them without a header', () => {
    expect(read(csv({ header: true }), '\uFEFFroute,stop\r\n7,"Main, St"\r\n')).toEqual([
      [{ route: '7', stop: 'Main, St' }, 15],
    ]);
    expect(read(csv({ columns: ['x', '__proto__'] }), '1,2')).toEqual([
      [JSON.parse('{"x":"1","__proto__":"2"}'), 0],
    ]);
  });

  test('only what can be split is split', () => {
    expect(csv().splittable).toBe(false);
    expect(csv({ header: true, quotedNewlines: false }).splittable).toBe(false);
    expect(csv({ quotedNewlines: false }).splittable).toBe(true);
    expect(csv({ quote: false }).splittable).toBe(true);
  });

  test('an empty field in quotes is a record, a blank line is none', () => {
    expect(read(csv(), 'a\n""\n\nb\n""')).toEqual([
      [['a'], 0],
      [[''], 2],
      [['b'], 6],
      [[''], 8],
    ]);
  });

  test('records with invalid UTF-8 are counted, those with U+FFFD of their own are not', () => {
    const input = Buffer.from([0x61, 0xff, 0x2c, 0x62, 0x0a, 0xef, 0xbf, 0xbd, 0x0a]);
    for (const chunk of [1, 2, 100]) {
      const [all] = readSplits(csv(), input, 100, chunk);
      expect(all!.counted).toEqual({ 'lisping.invalid_utf8_lines': 1 });
      expect(all!.found.map(([fields]) => fields)).toEqual([['a\uFFFD', 'b'], ['\uFFFD']]);
    }
  });
});

test('jsonLines: a line that is no JSON', () => {
  expect(() => read(jsonLines(), '{"a":1}\n\n{"a"\n')).toThrow(malformed(9, /no JSON/));
});

test('keyValue: another separator, and none in a line', () => {
  expect(read(keyValue({ separator: '::' }), 'a::b::c\nd')).toEqual([
    [['a', 'b::c'], 0],
    [['d', ''], 8],
  ]);
  expect(() => keyValue({ separator: '' })).toThrow(
    expect.objectContaining({ code: 'LISPING_E_FORMAT' }),
  );
});

test('wholeFiles: one record per file, also for an empty one', () => {
  expect(read(wholeFiles(), '\uFEFFa\nb')).toEqual([['a\nb', 0]]);
  expect(read(wholeFiles(), '')).toEqual([['', 0]]);
  const [all] = readSplits(wholeFiles(), Uint8Array.of(0xff), 10, 1);
  expect(all!.counted).toEqual({ 'lisping.invalid_utf8_files': 1 });
});
