// The oracle against answers written down by hand, and against the engine, with which it shares
// nothing: where the two agree, both are probably right.
import { bytesCodec, int, job, json, sortableInt, sum, text } from '@lisping/core';
import type { AnyJob, Emit } from '@lisping/core';
import { csv } from '@lisping/formats';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expectedOutput } from './oracle.ts';
import { Workload } from './workload.ts';

function ask(
  jobOf: AnyJob,
  input: string | string[],
  { reduces = 1, splitBytes = 1 << 20 }: { reduces?: number; splitBytes?: number } = {},
) {
  const inputs = [input].flat().map((content, i) => ({
    path: `input-${i}`,
    bytes: new Uint8Array(Buffer.from(content)),
  }));
  const setting = { job: jobOf, inputs, reduces, splitBytes, parameters: {}, patience: 10_000 };
  const { splits } = new Workload(setting);
  return { expected: expectedOutput({ ...setting, splits }), workload: new Workload(setting) };
}

function partsOf(...asked: Parameters<typeof ask>): string[] {
  const { expected } = ask(...asked);
  if (expected.kind !== 'parts') throw new Error(JSON.stringify(expected));
  return expected.parts.map((part) => Buffer.from(part).toString());
}

const wordCount = job({
  name: 'word-count',
  map(line: string, emit) {
    for (const word of line.split(/[ \t]+/)) if (word !== '') emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

test('counts words, in the order of bytes', () => {
  expect(partsOf(wordCount, 'b a\na Z\n')).toEqual(['Z\t1\na\t2\nb\t1\n']);
});

test('every partition has a part, an empty one too', () => {
  const parts = partsOf(wordCount, 'a\n', { reduces: 3 });
  // 31 * 1 + 97 = 128, and 128 mod 3 = 2.
  expect(parts).toEqual(['', '', 'a\t1\n']);
});

test('a job without input has empty parts', () => {
  expect(partsOf(wordCount, [], { reduces: 2 })).toEqual(['', '']);
});

test('a map-only job has one part for every split, longest split first', () => {
  const upper = job({
    map(line: string, emit) {
      emit(line.toUpperCase());
    },
  });
  const parts = partsOf(upper, ['a\n', 'bb\ncc\n'], { reduces: 0, splitBytes: 3 });
  expect(parts).toEqual(['BB\nCC\n', '', 'A\n']);
});

test('text sorts by its bytes, not by its UTF-16 units', () => {
  const lines = job({
    map(line: string, emit) {
      emit(line, 1);
    },
    reduce(line, _ones, emit) {
      emit(line);
    },
  });
  expect(partsOf(lines, '\u{10000}\n\uff61\n')).toEqual(['\uff61\n\u{10000}\n']);
});

test('sorted values come in the order of their encoded form', () => {
  const sorted = job({
    sortValues: true,
    value: sortableInt(),
    map(line: string, emit) {
      emit('n', Number(line));
    },
    reduce(key, values, emit) {
      emit(key, [...values].join());
    },
  });
  expect(partsOf(sorted, '10\n-3\n9\n0\n')).toEqual(['n\t-3,0,9,10\n']);
});

test('under sorted values a key compares with the TAB behind it', () => {
  const sorted = job({
    sortValues: true,
    map(line: string, emit) {
      emit(line, 'x');
    },
    reduce(key, _values, emit) {
      emit(JSON.stringify(key));
    },
  });
  expect(partsOf(sorted, 'a\na\u0001\n')).toEqual(['"a\\u0001"\n"a"\n']);
});

test('the output escapes only what would break a line', () => {
  const odd = job({
    map(line: string, emit) {
      emit(line, 1);
    },
    reduce(_line, _ones, emit) {
      emit('a\tb\\', 'c\td\ne');
      emit('a\tb');
      emit('k', '');
      emit(['k'], { v: -0 });
    },
  });
  expect(partsOf(odd, 'x\n')).toEqual(['a\\tb\\\tc\td\\ne\na\tb\nk\t\n["k"]\t{"v":0}\n']);
});

test('a job whose output depends on the order of values is told apart', () => {
  const first = job({
    map(line: string, emit) {
      emit('first', line);
    },
    reduce(key, values, emit) {
      for (const value of values) return emit(key, value);
    },
  });
  const { expected } = ask(first, 'a\nb\n');
  expect(expected).toMatchObject({ kind: 'order-dependent' });
  expect(expected.kind === 'order-dependent' && expected.detail).toContain('part 0, line 1');
});

test('a combiner that is no combiner counts as dependence on order', () => {
  const mean = job({
    value: json<number>(),
    map(line: string, emit) {
      emit('mean', Number(line));
    },
    combine(key, values, emit) {
      const all = [...values];
      emit(key, all.reduce((a, b) => a + b, 0) / all.length);
    },
    reduce(key, values, emit) {
      const all = [...values];
      emit(key, all.reduce((a, b) => a + b, 0) / all.length);
    },
  });
  const { expected } = ask(mean, '1\n2\n30\n', { splitBytes: 3 });
  expect(expected.kind).toBe('order-dependent');
});

/** Sums lines by reduce, with this combine function before it. */
function combining(
  combine: (key: string, values: Iterable<number>, emit: Emit<string, number>) => void,
): AnyJob {
  return job({
    value: json<number>(),
    map(line: string, emit: Emit<string, number>) {
      emit('all', Number(line));
    },
    combine,
    reduce(key, values, emit) {
      emit(key, sum(values));
    },
  });
}

test('a combiner that cannot be applied to its own results is found', () => {
  const counting = combining((key, values, emit) => emit(key, [...values].length));
  for (const input of ['1\n1\n', '1\n1\n1\n', '1\n'.repeat(10)]) {
    const { expected } = ask(counting, input);
    expect(expected).toMatchObject({ kind: 'order-dependent' });
    expect(JSON.stringify(expected)).toContain('how often the combiner runs');
  }

  const picky = combining((key, values, emit) => {
    let total = 0;
    for (const value of values) {
      if (value !== 1) throw new Error(`no one: ${value}`);
      total += value;
    }
    emit(key, total);
  });
  expect(ask(picky, '1\n1\n1\n').expected).toEqual({
    kind: 'order-dependent',
    detail: 'the combiner fails over results of its own: no one: 2',
  });
});

test('a combiner that fails is blamed itself, and not the order of values', () => {
  const renaming = combining((key, values, emit) => emit(`${key}x`, sum(values)));
  const { expected } = ask(renaming, '1\n2\n');
  expect(expected).toEqual({
    kind: 'error',
    failures: [{ record: null, message: expect.any(String) }],
  });
});

test('a reduce that does not merge accumulators counts as dependence on order', () => {
  const careless = job({
    map(line: string, emit) {
      emit(line, 1);
    },
    combine: sum,
    reduce(word, [count], emit) {
      emit(word, count);
    },
  });
  expect(ask(careless, 'a\na\na\nb\n', { splitBytes: 3 }).expected.kind).toBe('order-dependent');
});

test('names every record at which a task fails', () => {
  const picky = job({
    map(line: string, emit) {
      if (line === 'bad') throw new Error('no');
      emit(line, 1);
    },
    reduce(line, _ones, emit) {
      emit(line);
    },
  });
  const { expected } = ask(picky, ['ok\nbad\nbad\n', 'x\nbad\n']);
  expect(expected).toEqual({
    kind: 'error',
    failures: [
      { record: { input: 'input-0', offset: 3 }, message: 'no' },
      { record: { input: 'input-1', offset: 2 }, message: 'no' },
    ],
  });
});

test('a partition function is held to its range', () => {
  const lost = job({
    map(line: string, emit) {
      emit(line, 1);
    },
    partition: () => 7,
    reduce(line, _ones, emit) {
      emit(line);
    },
  });
  expect(ask(lost, 'a\n', { reduces: 4 }).expected.kind).toBe('error');
});

// -------------------------------------------------------------------- against the engine

const JOBS: AnyJob[] = [
  wordCount,
  job({
    name: 'index',
    key: json<[string, number]>(),
    map(line: string, emit, { input, task }) {
      emit([line.slice(0, 2), task], `${input.file}@${input.offset}`);
    },
    reduce(key, values, emit) {
      emit(
        key,
        [...values].sort((a, b) => (String(a) < String(b) ? -1 : 1)),
      );
    },
  }),
  job({
    name: 'lengths',
    key: int(),
    value: text(),
    sortValues: true,
    map(line: string, emit) {
      emit(line.length, line);
    },
    reduce(length, values, emit) {
      let number = 0;
      for (const value of values) emit(length, `${number++} ${value}`);
    },
  }),
  job({
    name: 'raw',
    key: bytesCodec,
    map(line: string, emit) {
      emit(Buffer.from(line.replaceAll('\t', ' ')), undefined);
    },
    partition: (key, partitions) => key.length % partitions,
    reduce(key, values, emit) {
      emit(key, [...values].length);
    },
  }),
  job({
    name: 'sample',
    map(line: string, emit, context) {
      if (context.random() < 0.5) emit(line, context.task);
    },
    reduce(line, tasks, emit, context) {
      emit(line, [[...tasks].length, context.random()]);
    },
  }),
  job({
    name: 'columns',
    input: csv(),
    map(row: unknown, emit) {
      if (Array.isArray(row)) emit(String(row[0]), row.length);
    },
    combine(key, values, emit) {
      let most = 0;
      for (const value of values) most = Math.max(most, Number(value));
      emit(key, most);
    },
    reduce(key, values, emit) {
      emit(key, Math.max(...[...values].map(Number)));
    },
  }),
];

const character = fc.constantFrom('a', 'b', 'é', '\u{10000}', '\uff61', '\\', ' ', '\t');
const line = fc.array(character, { maxLength: 5 }).map((letters) => letters.join(''));
const file = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'));
const text_ = file.map(([lines, end]) => lines.join(end));

test('agrees with the engine on any input, split and number of reduces', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...JOBS),
      fc.array(text_, { maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 30 }),
      (jobOf, inputs, reduces, splitBytes) => {
        const { expected, workload } = ask(jobOf, inputs, { reduces, splitBytes });
        const maps = workload.splits.map((_split, task) => workload.map(task, 0));
        const failed = maps.find((made) => made.error !== null);
        if (failed !== undefined || expected.kind === 'error') {
          expect(expected.kind).toBe('error');
          expect(failed?.error?.code).toMatch(/^LISPING_E_/);
          return;
        }
        if (expected.kind !== 'parts') throw new Error(JSON.stringify(expected));
        expected.parts.forEach((part, partition) => {
          const segments = maps.flatMap((made) => made.segments.slice(partition, partition + 1));
          const made = workload.reduce(partition, 0, segments, (limit) => limit - 1);
          expect(Buffer.from(made.part?.bytes ?? []).toString()).toBe(Buffer.from(part).toString());
        });
      },
    ),
    { numRuns: 300 },
  );
});
