// The values of a key are a single pass, in a canonical order, and are never held in memory.
import { expect, test } from 'vitest';
import { runMap, runRecords, settingOf } from '../../testing/run-records.ts';
import { count } from '../fold/count.ts';
import type { AnyJob } from '../job/any-job.ts';
import type { EmitOutput } from '../job/functions.ts';
import { job } from '../job/job.ts';
import { executeReduce } from './reduce-task.ts';
import { segmentSource } from './segment.ts';

function reducing(
  reduce: (values: Iterable<unknown>, emit: EmitOutput, key: string) => void,
): AnyJob {
  return job({
    map(line, emit) {
      emit(line.slice(0, 1), line);
    },
    reduce: (key, values, emit) => reduce(values, emit, key),
  });
}

const twice = expect.objectContaining({ code: 'LISPING_E_VALUES_TWICE' });

test('reading them twice is an error, after a break as well', () => {
  expect(() =>
    runRecords(
      reducing((values) => [...values, ...values]),
      [['a']],
    ),
  ).toThrow(twice);
  const broken = reducing((values) => {
    for (const _ of values) break;
    for (const _ of values) break;
  });
  expect(() => runRecords(broken, [['a', 'aa']])).toThrow(twice);
});

test('reading them after reduce returned is an error, begun or not', () => {
  for (const begin of [true, false]) {
    let kept: Iterator<unknown> | Iterable<unknown> | undefined;
    const late = reducing((values) => {
      if (kept !== undefined) {
        if (begin) (kept as Iterator<unknown>).next();
        else kept = [...(kept as Iterable<unknown>)];
      }
      kept = begin ? values[Symbol.iterator]() : values;
    });
    expect(() => runRecords(late, [['a', 'b']])).toThrow(twice);
  }
});

test('what reduce leaves unread is skipped', () => {
  const first = reducing((values, emit, key) => {
    if (key === 'b') return;
    for (const value of values) {
      emit(key, value);
      break;
    }
  });
  expect(
    runRecords(first, [
      ['a1', 'b1', 'a2'],
      ['a3', 'b2', 'c1'],
    ]).parts,
  ).toEqual(['a\ta1\nc\tc1\n']);
});

test('they come in order of the map tasks, then of emission', () => {
  const all = reducing((values, emit) => emit([...values]));
  const inputs = [['a9', 'b1', 'a1'], ['a5', 'a4'], [], ['b0', 'a7']];
  expect(runRecords(all, inputs).parts).toEqual(['["a9","a1","a5","a4","a7"]\n["b1","b0"]\n']);
});

test('a missing value arrives as undefined, and the empty string as itself', () => {
  const one = job({
    map(_line, emit) {
      emit('k');
      emit('k', '');
      emit('k', null);
      emit('k', undefined);
    },
    reduce(_key, values, emit) {
      emit([...values].map((value) => (value === undefined ? 'missing' : value)));
    },
  });
  expect(runRecords(one, [['x']]).parts).toEqual(['["missing","",null,"missing"]\n']);
});

test('a permutation of the values changes their order and nothing else', () => {
  const all = reducing((values, emit) => emit([...values]));
  const shuffleValues = (n: number): number => n - 2 + (n % 2); // any draw from 0 to n - 1
  const [plain, permuted] = [{}, { shuffleValues }].map(
    (options) =>
      JSON.parse(
        runRecords(
          all,
          [
            ['a1', 'a2'],
            ['a3', 'a4', 'a5'],
          ],
          options,
        ).parts[0]!,
      ) as string[],
  );
  expect(permuted).not.toEqual(plain);
  expect(permuted!.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(plain);
});

test('a segment is read no further than reduce has come', () => {
  let pulled = 0;
  const all = reducing((values) => {
    let read = 0;
    for (const _ of values) {
      read++;
      expect(pulled).toBeLessThanOrEqual(read + 4); // a pair is cut in chunks of one byte each below
    }
    expect(read).toBe(10_000);
  });
  const lines = Array.from({ length: 10_000 }, () => 'a');
  const { bytes } = runMap(all, lines).segments[0]!;
  const pairSize = bytes.length / lines.length;
  let at = 0;
  const source = {
    next() {
      if (at === bytes.length) return null;
      pulled++;
      return bytes.subarray(at, (at += pairSize));
    },
  };
  executeReduce({ ...settingOf(all), task: 0 }, [source], () => {});
});

test('segments may be cut anywhere, and the buffer of a chunk may be used again', () => {
  const all = reducing((values, emit, key) => emit(key, [...values]));
  const maps = [
    ['a1', 'b'.repeat(300), 'a2'],
    ['a3', 'c'.repeat(7)],
  ].map((lines) => runMap(all, lines));
  const whole: string[] = [];
  executeReduce(
    { ...settingOf(all), task: 0 },
    maps.map((map) => segmentSource(map.segments[0]!)),
    (chunk) => whole.push(Buffer.from(chunk).toString()),
  );
  for (const size of [1, 2, 3, 7, 64, 1000]) {
    const sources = maps.map((map) => {
      const { bytes } = map.segments[0]!;
      const buffer = new Uint8Array(size);
      let at = 0;
      return {
        next() {
          if (at >= bytes.length) return null;
          const piece = bytes.subarray(at, (at += size));
          buffer.fill(0xff);
          buffer.set(piece);
          return buffer.subarray(0, piece.length);
        },
      };
    });
    const cut: string[] = [];
    executeReduce({ ...settingOf(all), task: 0 }, sources, (chunk) =>
      cut.push(Buffer.from(chunk).toString()),
    );
    expect(cut.join('')).toBe(whole.join(''));
  }
  expect(whole.join('')).toContain('a\t["a1","a2","a3"]');
});

test('a segment that ends in the middle of a pair is noticed', () => {
  const all = reducing((values, emit) => emit(count(values)));
  const { bytes } = runMap(all, ['abc', 'abd']).segments[0]!;
  for (let length = 1; length < bytes.length; length++) {
    if (length === bytes.length / 2) continue; // the border between the two pairs
    let rest: Uint8Array | null = bytes.subarray(0, length);
    const source = {
      next() {
        const chunk = rest;
        rest = null;
        return chunk;
      },
    };
    expect(() => executeReduce({ ...settingOf(all), task: 0 }, [source], () => {})).toThrow(
      /middle of a pair/,
    );
  }
});
