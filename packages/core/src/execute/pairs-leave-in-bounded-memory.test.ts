// Where the host sorts, pairs leave while the map task runs: no more is held for the combiner than the host
// allows, and what left in pieces adds up to what would have been kept.
import { describe, expect, test } from 'vitest';
import { settingOf } from '../../testing/run-records.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { sum } from '../fold/sum.ts';
import type { AnyJob } from '../job/any-job.ts';
import type { Emit } from '../job/functions.ts';
import { job } from '../job/job.ts';
import { createLeavingMapTask, type MapTask } from './map-task.ts';

interface Left {
  readonly pairs: (readonly [key: string, value: string, partition: number])[];
  readonly lines: string[];
  readonly task: MapTask;
}

function leaving(one: AnyJob, combineBytes: number, reduces = 3): Left {
  const left: Left = { pairs: [], lines: [], task: undefined as never }; // filled in below
  const task = createLeavingMapTask(
    { ...settingOf(one, { reduces }), task: 0, file: 'in.txt' },
    {
      combineBytes,
      wantsPartitions: true,
      pair: (bytes, start, middle, end, partition) =>
        left.pairs.push([
          decodeUtf8(bytes, start, middle),
          decodeUtf8(bytes, middle, end),
          partition,
        ]),
      lines: (bytes, length) => left.lines.push(decodeUtf8(bytes, 0, length)),
    },
  );
  return { ...left, task };
}

const words = (combine: object): AnyJob =>
  job({
    map: (line: string, emit: Emit<string, number>) => emit(line, 1),
    ...combine,
    reduce() {},
  });
const adding = {
  combine: (key: string, values: Iterable<number>, emit: Emit<string, number>): void =>
    emit(key, sum(values)),
};
const LINES = Array.from({ length: 4000 }, (_, i) => `key ${i % 50}`);

describe.each([
  ['a fold', words({ combine: sum })],
  ['a combine function', words(adding)],
])('%s', (_what, one) => {
  test('leaves several times when it may hold little, once when it may hold all', () => {
    for (const [combineBytes, isSmall] of [
      [2000, true],
      [1e9, false],
    ] as const) {
      const { pairs, task } = leaving(one, combineBytes);
      for (const line of LINES) task.record(line, 0);
      const before = pairs.length;
      task.finish();
      expect(before > 0).toBe(isSmall);
      expect(pairs.length > 50).toBe(isSmall);
      const totals = new Map<string, number>();
      for (const [key, value] of pairs) totals.set(key, (totals.get(key) ?? 0) + Number(value));
      expect(new Set(totals.values())).toEqual(new Set([80]));
      expect(totals.size).toBe(50);
    }
  });

  test('what fails after pairs left names its own record', () => {
    const { task } = leaving(one, 100);
    for (const line of LINES.slice(0, 100)) task.record(line, 7);
    expect(task.where()).toEqual({ input: 'in.txt', offset: 7, text: 'key 49' });
  });
});

test('accumulators that grow are not held for ever', () => {
  const lists = job({
    map: (line: string, emit: Emit<string, string>) => emit('one key', line),
    combine: {
      start: (): string[] => [],
      add: (all: string[], line: string) => [...all, line],
      merge: (a: string[], b: string[]) => [...a, ...b],
    },
    reduce() {},
  });
  const { pairs, task } = leaving(lists, 10_000);
  for (const line of LINES.slice(0, 1000)) task.record(line, 0);
  task.finish();
  expect(pairs.length).toBeGreaterThan(4);
  expect(pairs.flatMap(([, value]) => JSON.parse(value) as string[])).toHaveLength(1000);
});

test('without a combiner pairs leave in the order of emission, and a map-only job prints', () => {
  const plain = words({});
  const some = leaving(plain, 0);
  for (const line of ['b', 'a', 'b']) some.task.record(line, 0);
  expect(some.task.finish()).toMatchObject({ segments: [], part: null, records: 3 });
  expect(some.pairs.map(([key, value]) => key + value)).toEqual(['b1', 'a1', 'b1']);
  const printed = leaving(plain, 0, 0);
  printed.task.record('x', 0);
  printed.task.finish();
  expect([printed.pairs, printed.lines]).toEqual([[], ['x\t1\n']]);
});
