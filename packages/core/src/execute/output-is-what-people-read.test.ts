// The contract of the final output, and of parts that are empty.
import { expect, test } from 'vitest';
import { runRecords } from '../../testing/run-records.ts';
import { json } from '../codec/json.ts';
import { text } from '../codec/text.ts';
import { job } from '../job/job.ts';

/** A job that prints one pair from `reduce`. */
function printing(key: unknown, value?: unknown): string {
  const one = job({
    map(_line, emit) {
      emit('k', 1);
    },
    reduce(_key, _values, emit) {
      emit(key, value);
    },
  });
  return runRecords(one, [['x']]).parts[0]!;
}

test.each([
  ['a string', 'k', 'v', 'k\tv\n'],
  ['an empty value', 'k', '', 'k\t\n'],
  ['a missing value', 'k', undefined, 'k\n'],
  ['null', 'k', null, 'k\tnull\n'],
  ['numbers', 1, 2.5, '1\t2.5\n'],
  ['-0', -0, -0, '0\t0\n'],
  ['objects', { a: 1 }, [1, 'x'], '{"a":1}\t[1,"x"]\n'],
  ['an empty key', '', 'v', '\tv\n'],
  ['quotes and backslashes, raw', 'a"\\b', 'c"\\n', 'a"\\b\tc"\\n\n'],
  ['what breaks the record', 'a\tb\nc', 'd\te\nf\rg', 'a\\tb\\nc\td\te\\nf\\rg\n'],
  ['a TAB in a key without a value', 'a\tb', undefined, 'a\tb\n'],
  ['bytes', Uint8Array.of(0x61, 9, 10), Uint8Array.of(9, 13, 0x62), 'a\\t\\n\t\t\\rb\n'],
  ['a string inside JSON', 'k', ['a\tb\n'], 'k\t["a\\tb\\n"]\n'],
])('%s', (_what, key, value, line) => {
  expect(printing(key, value)).toBe(line);
});

test('what cannot be printed is refused', () => {
  expect(() => printing(undefined)).toThrow(expect.objectContaining({ code: 'LISPING_E_KEY' }));
  expect(() => printing('k', NaN)).toThrow(expect.objectContaining({ code: 'LISPING_E_VALUE' }));
  expect(() => printing('\ud800', 1)).toThrow(expect.objectContaining({ code: 'LISPING_E_KEY' }));
});

test('output: json() loses nothing', () => {
  const pairs = [
    ['a\tb', 'x'],
    ['1', 1],
    ['1', '1'],
    ['k', undefined],
    ['k', ''],
  ] as const;
  const all = job({
    output: json(),
    map(_line, emit) {
      emit('k');
    },
    reduce(_key, _values, emit) {
      for (const [key, value] of pairs) emit(key, value);
    },
  });
  const part = runRecords(all, [['x']]).parts[0]!;
  expect(part).toBe('"a\\tb"\t"x"\n"1"\t1\n"1"\t"1"\n"k"\n"k"\t""\n');
  const back = part
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').map((s) => JSON.parse(s) as unknown));
  expect(back.map(([key, value]) => [key, value])).toEqual(pairs);
});

test('output: text() escapes so that all strings come back, and refuses the rest', () => {
  const one = job({ output: text(), map: (line: string, emit) => emit(line, line) });
  expect(runRecords(one, [['a\\\t']]).parts).toEqual(['a\\\\\\t\ta\\\\\\t\n']);
});

test('an empty partition gives an empty part, and reduce is not called for it', () => {
  const calls: string[] = [];
  const one = job({
    map(line, emit) {
      emit(line, 1);
    },
    reduce(key, _values, emit) {
      calls.push(key);
      emit(key);
    },
  });
  // the hashes of hello and 世界 modulo 3, as seen on Hadoop
  expect(runRecords(one, [['hello'], ['世界'], []], { reduces: 3 }).parts).toEqual([
    '世界\n',
    '',
    'hello\n',
  ]);
  expect(calls).toEqual(['世界', 'hello']);
  expect(runRecords(one, [], { reduces: 2 }).parts).toEqual(['', '']);
});

test('a map-only job prints what map emits, in that order, one part per split, empty ones too', () => {
  const one = job({
    map(line, emit) {
      emit(line);
      emit(line, 1);
    },
  });
  const { parts, maps } = runRecords(one, [['b', 'a'], [], ['c']]);
  expect(parts).toEqual(['b\nb\t1\na\na\t1\n', '', 'c\nc\t1\n']);
  expect(maps.map(({ segments }) => segments)).toEqual([[], [], []]);
});

test('with 0 reduces any job prints what map emits, before it is combined', () => {
  const one = job({
    map(line, emit) {
      emit(line, 2);
    },
    combine: { start: () => 0, add: (a, v: number) => a + v, merge: (a, b) => a + b },
    reduce() {},
  });
  expect(runRecords(one, [['a', 'a']], { reduces: 0 }).parts).toEqual(['a\t2\na\t2\n']);
});
