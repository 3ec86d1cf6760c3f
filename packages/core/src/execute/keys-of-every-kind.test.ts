// Keys are equal when their bytes are, whatever the codec and with or without a fold.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runMap, runRecords } from '../../testing/run-records.ts';
import { bytesCodec } from '../codec/bytes.ts';
import type { Codec } from '../codec/codec.ts';
import { int } from '../codec/int.ts';
import { json } from '../codec/json.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { sum } from '../fold/sum.ts';
import { job } from '../job/job.ts';

const escaping: Codec<string> = {
  encode: (value) => value,
  decode: (bytes) => decodeUtf8(bytes),
};
const jsonKey = fc.oneof(
  fc.constantFrom<unknown>(1, '1', true, 'true', null, 'null', [1], ['1'], { a: 1 }, 0, '', {}, -0),
  fc.jsonValue({ maxDepth: 1 }),
);

const KINDS: readonly [string, Codec<unknown>, fc.Arbitrary<unknown>][] = [
  ['json', json(), jsonKey],
  ['int', int(), fc.integer({ min: -3, max: 30 })],
  ['bytes', bytesCodec, fc.uint8Array({ min: 250, maxLength: 2 })],
  ['a codec of the user', escaping, fc.constantFrom('a', 'b', 'c\t', '\\')],
];

test.each(KINDS)('%s: a fold gives what reduce alone gives', (_name, key, arbitrary) => {
  const base = {
    key,
    map(record: unknown, emit: (key: unknown, value: number) => void) {
      emit(record, 1);
    },
    reduce(group: unknown, counts: Iterable<number>, emit: (key: unknown, value: unknown) => void) {
      emit([group instanceof Uint8Array ? [...group] : group], sum(counts));
    },
  };
  const load = job as (definition: unknown) => ReturnType<typeof job>;
  const [plain, folded] = [load(base), load({ ...base, combine: sum })];
  fc.assert(
    fc.property(fc.array(fc.array(arbitrary, { maxLength: 20 }), { maxLength: 3 }), (inputs) => {
      const expected = new Map<string, number>();
      for (const record of inputs.flat()) {
        const name = JSON.stringify([record instanceof Uint8Array ? [...record] : record]);
        expected.set(name, (expected.get(name) ?? 0) + 1);
      }
      const { parts } = runRecords(plain, inputs, { reduces: 3 });
      expect(runRecords(folded, inputs, { reduces: 3 }).parts).toEqual(parts);
      const lines = parts.join('').split('\n').slice(0, -1);
      expect(
        new Map(lines.map((line) => [line.split('\t')[0], Number(line.split('\t')[1])])),
      ).toEqual(expected);
      expect(lines.length).toBe(expected.size);
    }),
  );
});

test('thousands of keys in one task are all kept, sorted by their bytes', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `k${(i * 7919) % 20_011}`);
  const counting = job({
    map(line, emit) {
      emit(line, 1);
    },
    combine: sum,
    reduce(key, counts, emit) {
      emit(key, sum(counts));
    },
  });
  const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  expect(runRecords(counting, [[...keys, ...keys]]).parts[0]).toBe(
    sorted.map((key) => `${key}\t2\n`).join(''),
  );
});

test('a fold holds one accumulator for a key, however many keys of bytes or objects there are', () => {
  for (const makeKey of [(n: number) => [n], (n: number) => ({ n })]) {
    const counting = job({
      key: json(),
      map(line, emit) {
        emit(makeKey(Number(line)), 1);
      },
      combine: sum,
      reduce() {},
    });
    const lines = Array.from({ length: 3000 }, (_, i) => String(i % 1000));
    expect(runMap(counting, lines).segments[0]!.records).toBe(1000);
  }
});

test('a fold never sees -0, which the way through bytes would have made 0', () => {
  const seen: unknown[] = [];
  const keeping = job({
    map(_line, emit) {
      emit('k', -0);
    },
    combine: {
      start: () => 0,
      add(total: number, value: number) {
        seen.push(value);
        return total;
      },
      merge: (a) => a,
    },
    reduce() {},
  });
  runMap(keeping, ['x']);
  expect(seen).toStrictEqual([0]); // toStrictEqual tells 0 from -0
});
