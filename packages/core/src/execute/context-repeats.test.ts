// What `context` gives is a function of the job, the task and the record.
import { describe, expect, test } from 'vitest';
import { runMap, runRecords } from '../../testing/run-records.ts';
import type { MapContext } from '../job/context.ts';
import { job } from '../job/job.ts';
import { createRandom } from './random.ts';

function using(use: (context: MapContext, line: string) => unknown, name = 'job') {
  return job({
    name,
    map(line, emit, context) {
      emit(line, use(context, line));
    },
  });
}

describe('random', () => {
  const drawing = using((context) => context.random());

  test('a retry draws the same, another task and another job do not', () => {
    const [first, other] = runRecords(drawing, [
      ['a', 'a'],
      ['a', 'a'],
    ]).parts;
    expect(runRecords(drawing, [['a', 'a']], { attempt: 3 }).parts[0]).toBe(first);
    expect(other).not.toBe(first);
    const renamed = using((context) => context.random(), 'other');
    expect(runRecords(renamed, [['a', 'a']]).parts[0]).not.toBe(first);
    const [one, two] = first!.trimEnd().split('\n');
    expect(one).not.toBe(two);
  });

  test('draws lie evenly in [0, 1)', () => {
    const draw = createRandom('seed', 'job', 1);
    const buckets = Array.from({ length: 16 }, () => 0);
    for (let i = 0; i < 160_000; i++) buckets[Math.floor(draw() * 16)]!++;
    for (const n of buckets) expect(Math.abs(n - 10_000)).toBeLessThan(500);
  });

  test('its values are fixed: a job must give the same bytes under every version', () => {
    const draw = createRandom('', 'word-count', 'map', 0);
    expect([draw(), draw()]).toMatchInlineSnapshot(`
      [
        0.6357248038233193,
        0.35207984884497057,
      ]
    `);
  });
});

test('input tells the file and the byte at which the record begins', () => {
  const places = using(({ input }) => `${input.file}@${input.offset}`);
  expect(runRecords(places, [['a', 'b']]).parts).toEqual(['a\tin.txt@0\nb\tin.txt@10\n']);
});

test('a position that was kept does not change later', () => {
  const kept: unknown[] = [];
  runMap(
    using(({ input }) => kept.push(input)),
    ['a', 'b'],
  );
  expect(kept).toEqual([
    { file: 'in.txt', offset: 0 },
    { file: 'in.txt', offset: 10 },
  ]);
});

test('task and attempt are counted from 0', () => {
  const numbers = using(({ task, attempt }) => [task, attempt]);
  expect(runRecords(numbers, [['a'], ['b']], { attempt: 2 }).parts).toEqual([
    'a\t[0,2]\n',
    'b\t[1,2]\n',
  ]);
});

test('a parameter is what was given, else the fallback, else LISPING_E_PARAMETER', () => {
  const asking = using((context) => [
    context.parameter('x', 'none'),
    context.parameter('toString', 'own'),
  ]);
  expect(runRecords(asking, [['a']], { parameters: { x: '1' } }).parts).toEqual([
    'a\t["1","own"]\n',
  ]);
  expect(runRecords(asking, [['a']]).parts).toEqual(['a\t["none","own"]\n']);
  const needing = using((context) => context.parameter('year'));
  expect(() => runMap(needing, ['a'])).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_PARAMETER',
      exit: 2,
      hint: 'Give it with --param year=VALUE.',
    }),
  );
});

describe('counter', () => {
  test('adds up over records and tasks, in map and in reduce, under the name given', () => {
    const counting = job({
      map(line, emit, context) {
        context.counter('Words.seen');
        context.counter('letters', line.length);
        emit(line);
      },
      reduce(_key, _values, _emit, context) {
        context.counter('Words.seen', -1);
      },
    });
    expect(runRecords(counting, [['ab', 'c'], ['ab']]).counters).toEqual({
      'Words.seen': 1,
      letters: 5,
      'lisping.map_input_records': 3,
      'lisping.map_output_records': 3,
      'lisping.reduce_input_groups': 2,
      'lisping.reduce_input_records': 3,
      'lisping.reduce_output_records': 0,
    });
  });

  test.each([
    ['a fraction', 'x', 0.5],
    ['NaN', 'x', NaN],
    ['an empty name', '', 1],
    ['a comma', 'a,b', 1],
    ["one of the engine's names", 'lisping.map_input_records', 1],
  ])('refuses %s', (_what, name, n) => {
    expect(() =>
      runMap(
        using((context) => context.counter(name, n)),
        ['a'],
      ),
    ).toThrow(expect.objectContaining({ code: 'LISPING_E_COUNTER' }));
  });
});
