// `sortValues`: values in the byte order of their encoded form, keys placed and ordered as Hadoop does
// with two key fields.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runMap, runRecords } from '../../testing/run-records.ts';
import { sortableInt } from '../codec/sortable-int.ts';
import { hashKey, partitionOfHash } from '../bytes/hash.ts';
import { sum } from '../fold/sum.ts';
import type { Emit } from '../job/functions.ts';
import { job } from '../job/job.ts';

const byFirst = job({
  sortValues: true,
  map(line, emit) {
    const [key = '', value = ''] = line.split('=');
    emit(key, value);
  },
  reduce(key, values, emit) {
    emit(key, [...values]);
  },
});

test('values of several maps arrive sorted, equal ones as often as they were emitted', () => {
  const inputs = [
    ['k=b', 'k=é', 'j=x', 'k=a'],
    ['k=B', 'k=a', 'k='],
  ];
  expect(runRecords(byFirst, inputs).parts).toEqual(['j\t["x"]\nk\t["","B","a","a","b","é"]\n']);
});

test('keys compare with their TAB behind them: a 0x01 comes before a', () => {
  expect(runRecords(byFirst, [['a=1', 'a\u0001=2']]).parts).toEqual(['a\u0001\t["2"]\na\t["1"]\n']);
});

test('the default partition starts its hash at 0', () => {
  const keys = ['', 'a', 'the', 'hello', 'é', '世界', '𝒳'];
  const { parts } = runRecords(byFirst, [keys.map((key) => `${key}=1`)], { reduces: 7 });
  for (const key of keys) {
    const bytes = new TextEncoder().encode(key);
    const partition = partitionOfHash(hashKey(bytes, 0, bytes.length, 0), 7);
    expect(parts[partition]).toContain(`${key}\t["1"]\n`);
  }
});

test('a value that is no string is refused with a hint', () => {
  const numbers = job({
    sortValues: true,
    map(line, emit) {
      // @ts-expect-error sorted values are text: the compiler says so before the engine does
      emit('k', line.length);
    },
    reduce() {},
  });
  expect(() => runMap(numbers, ['x'])).toThrow(
    expect.objectContaining({
      code: 'LISPING_E_VALUE',
      hint: expect.stringContaining('value: sortableInt()'),
    }),
  );
});

test('sortableInt sorts numbers by value, with a combiner as without', () => {
  const definition = {
    sortValues: true,
    value: sortableInt(),
    map(line: string, emit: Emit<string, number>) {
      emit('k', Number(line));
    },
    reduce(_key: string, values: Iterable<number>, emit: Emit<unknown, unknown>) {
      emit([...values]);
    },
  };
  const plain = job(definition);
  const passing = job({
    ...definition,
    combine(key, values, emit) {
      const kept = [...values];
      for (const value of kept.toReversed()) emit(key, value);
    },
  });
  const folded = job({ ...definition, combine: sum });
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer(), { maxLength: 9 }), { minLength: 1, maxLength: 4 }),
      (numbers) => {
        const inputs = numbers.map((list) => list.map(String));
        const sorted = (list: number[]): string =>
          list.length === 0 ? '' : `${JSON.stringify(list.toSorted((a, b) => a - b))}\n`;
        expect(runRecords(plain, inputs).parts).toEqual([sorted(numbers.flat())]);
        expect(runRecords(passing, inputs).parts).toEqual([sorted(numbers.flat())]);
        const sums = numbers
          .filter((list) => list.length > 0)
          .map((list) => list.reduce((a, b) => a + b, 0));
        expect(runRecords(folded, inputs).parts).toEqual([sorted(sums)]);
      },
    ),
  );
});

test('a permutation is not applied to values whose order was promised', () => {
  expect(runRecords(byFirst, [['k=a', 'k=b', 'k=c']], { shuffleValues: () => 0 }).parts).toEqual([
    'k\t["a","b","c"]\n',
  ]);
});
