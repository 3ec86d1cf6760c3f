// Pairs are sorted by partition, then by unsigned key bytes, and keep their order among equal keys;
// keys that share long beginnings, that are beginnings of others, and many partitions included.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordStore } from './record-store.ts';
import { sortRecords } from './sort-records.ts';

interface Pair {
  readonly partition: number;
  readonly key: Uint8Array;
}

const fewBytes = fc.array(fc.constantFrom(0, 1, 0x61, 0xff), { maxLength: 20 });
const key = fc.oneof(
  fewBytes.map((bytes) => Uint8Array.from(bytes)),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fewBytes)
    .map(([n, tail]) => Uint8Array.from([...Array.from({ length: n }, () => 0x62), ...tail])),
  fc.uint8Array({ maxLength: 8 }),
);
const partition = fc.oneof(fc.nat(3), fc.constantFrom(7999, 8000, 99_999));
const pairs = fc.array(fc.record({ partition, key }), { maxLength: 120, size: 'max' });

function stored(list: readonly Pair[]): RecordStore {
  const store = new RecordStore();
  for (const { partition: number, key: bytes } of list) {
    const start = store.arena.length;
    store.arena.writeBytes(bytes);
    const middle = store.arena.length;
    store.arena.writeByte(0x76); // a value, which must not count
    store.commit(start, middle, number);
  }
  return store;
}

test('any pairs come out in the order of a plain stable sort', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const expected = list
        .map((pair, index) => ({ ...pair, index }))
        .sort(
          (a, b) => a.partition - b.partition || Buffer.compare(a.key, b.key) || a.index - b.index,
        )
        .map(({ index }) => index);
      expect([...sortRecords(stored(list))]).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('a key of a megabyte, twice, neither overflows a stack nor takes long', () => {
  const long = new Uint8Array(1_000_000).fill(0x61);
  const list = [long, long.subarray(1), long].map((bytes) => ({ partition: 0, key: bytes }));
  expect([...sortRecords(stored(list))]).toEqual([1, 0, 2]);
});
