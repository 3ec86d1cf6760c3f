// Between map and reduce a codec gives a value back unchanged, or refuses it with an error.
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { bytesCodec } from './bytes.ts';
import type { Codec, Role } from './codec.ts';
import { int } from './int.ts';
import { json } from './json.ts';
import { sortableInt } from './sortable-int.ts';
import { text } from './text.ts';
import { readValue, wireOf, writeValue } from './wire.ts';

function encoded(codec: Codec<unknown>, value: unknown, role: Role = 'value'): Uint8Array {
  const out = new ByteWriter();
  const wire = wireOf(codec);
  if (role === 'value') writeValue(out, wire, value);
  else wire.write(out, value, role);
  return out.take();
}

function there(codec: Codec<unknown>, value: unknown, role: Role = 'value'): unknown {
  const bytes = encoded(codec, value, role);
  const wire = wireOf(codec);
  if (role === 'key') return wire.read(bytes, 0, bytes.length, role, decodeUtf8);
  return readValue(wire, bytes, 0, bytes.length, decodeUtf8);
}

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
});

describe('json', () => {
  test('accepts exactly what JSON gives back unchanged, -0 apart', () => {
    fc.assert(
      fc.property(anything, (value) => {
        let back: unknown;
        try {
          back = there(json(), value);
        } catch {
          expect(isUnchanged(value)).toBe(false);
          return;
        }
        if (value !== undefined) expect(isUnchanged(value)).toBe(true);
        expect(back).toStrictEqual(zeroed(value));
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    [NaN, /NaN/],
    [Infinity, /Infinity/],
    [10n, /BigInt/],
    [new Date(0), /a Date/],
    [new Map(), /a Map/],
    [new Uint8Array(1), /an? Uint8Array/],
    [{ a: [1, undefined] }, /undefined at a\[1\]/],
    [{ a: { b: NaN } }, /NaN at a\.b/],
    [[1, , 3], /holes/], // oxlint-disable-line no-sparse-arrays
    [Object.assign([1], { x: 1 }), /more than its elements/],
    [new (class Point {})(), /a Point/],
    [Object.defineProperty({}, 'x', { value: 1 }), /more than its properties/],
    [Object.create(null), /more than its properties/],
    [{ [Symbol('s')]: 1 }, /more than its properties/],
  ])('refuses %s', (value, message) => {
    expect(() => encoded(json(), value)).toThrow(message);
  });

  test('refuses a value that contains itself', () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(() => encoded(json(), loop)).toThrow(/contains itself/);
  });

  test('-0 is written as 0, wherever it is', () => {
    expect(there(json(), -0)).toBe(0);
    expect(there(json(), [-0])).toStrictEqual([0]);
  });

  test('plain objects of another realm are plain, its classes are not', () => {
    expect(there(json(), runInNewContext('({ a: [1, {}] })'))).toEqual({ a: [1, {}] });
    expect(() => encoded(json(), runInNewContext('new Date(0)'))).toThrow(/a Date/);
    expect(() => encoded(json(), runInNewContext('[new (class A {})()]'))).toThrow(/an A at \[0\]/);
    expect(() => encoded(json(), runInNewContext('new (class B extends Array {})()'))).toThrow(
      /array/,
    );
  });

  test('a property named __proto__ survives', () => {
    const value: unknown = JSON.parse('{"__proto__":1}');
    expect(there(json(), value)).toStrictEqual(value);
  });
});

describe('text', () => {
  test('gives any well-formed string back, as key and as value, without a byte that ends a field', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(there(text(), value)).toBe(value);
        expect(there(text(), value, 'key')).toBe(value);
        expect([...encoded(text(), value)].some((b) => b === 9 || b === 10 || b === 13)).toBe(
          false,
        );
      }),
    );
  });

  test('escapes as COPY does', () => {
    expect(decodeUtf8(encoded(text(), 'a\\b\tc\nd\re'))).toBe('a\\\\b\\tc\\nd\\re');
  });

  test('a missing value is neither the empty string nor \\N', () => {
    expect(there(text(), undefined)).toBe(undefined);
    expect(there(text(), '')).toBe('');
    for (const near of ['\\N', '\\', '\n', 'N', '\\\\N']) expect(there(text(), near)).toBe(near);
  });

  test('refuses what is no string, with a hint', () => {
    expect(() => encoded(text(), 5, 'key')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('key: int()') }),
    );
    expect(() => encoded(text(), '\ud800')).toThrow(/lone surrogate/);
  });
});

describe.each([
  ['int', int()],
  ['sortableInt', sortableInt()],
])('%s', (_name, codec) => {
  test('gives every safe integer back and refuses all else', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(there(codec, n)).toBe(n);
      }),
    );
    for (const n of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])
      expect(there(codec, n)).toBe(n);
    expect(there(codec, -0)).toBe(0);
    expect(there(codec, undefined)).toBe(undefined);
    for (const wrong of [1.5, NaN, 2 ** 53, '1', 1n, null]) {
      expect(() => encoded(codec, wrong)).toThrow(/not a whole number/);
    }
  });
});

test('int sorts as text does on Hadoop, sortableInt by value', () => {
  expect(Buffer.compare(encoded(int(), 10), encoded(int(), 9))).toBe(-1);
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
      const order = Buffer.compare(encoded(sortableInt(), a), encoded(sortableInt(), b));
      expect(order).toBe(Math.sign(a - b));
    }),
  );
  const sorted = [Number.MIN_SAFE_INTEGER, -11, -10, -9, -1, 0, 1, 9, 10, 11, 99, 100];
  const bytes = sorted.map((n) => encoded(sortableInt(), n));
  expect(bytes.toSorted((a, b) => Buffer.compare(a, b))).toEqual(bytes);
});

describe('bytes', () => {
  test('any bytes come back as a value; as a key all but TAB, LF and CR, untouched', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        expect(there(bytesCodec, value)).toStrictEqual(value);
        if (value.some((b) => b === 9 || b === 10 || b === 13)) {
          expect(() => encoded(bytesCodec, value, 'key')).toThrow(/TAB, LF or CR/);
        } else {
          expect(encoded(bytesCodec, value, 'key')).toStrictEqual(value);
        }
      }),
    );
    expect(there(bytesCodec, undefined)).toBe(undefined);
  });
});

describe("a user's codec", () => {
  const date: Codec<Date> = {
    encode: (value) => value.toISOString(),
    decode: (bytes) => new Date(decodeUtf8(bytes)),
  };

  test('round-trips, with bytes that would end a field escaped', () => {
    expect(there(date, new Date(5))).toStrictEqual(new Date(5));
    const raw: Codec<Uint8Array> = { encode: (b) => b, decode: (b) => b };
    fc.assert(
      fc.property(fc.uint8Array(), (value) => {
        expect(there(raw, value, 'key')).toStrictEqual(value);
        expect([...encoded(raw, value)].some((b) => b === 9 || b === 10 || b === 13)).toBe(false);
      }),
    );
  });

  test.each([
    ['loses something', { encode: () => '', decode: () => 1 }, 2, /does not give back 2/],
    ['gives a number', { encode: () => 7 as never, decode: () => 1 }, 1, /gave 7 instead/],
    [
      'throws',
      {
        encode: () => {
          throw new Error('no');
        },
        decode: () => 1,
      },
      1,
      /encode threw/,
    ],
  ])('that %s is LISPING_E_CODEC', (_what, codec, value, message) => {
    expect(() => encoded(codec, value)).toThrow(
      expect.objectContaining({ code: 'LISPING_E_CODEC', message: expect.stringMatching(message) }),
    );
  });
});

/** What "unchanged" means, said without the code under test: structure, prototypes and all. */
function isUnchanged(value: unknown): boolean {
  try {
    const back: unknown = JSON.parse(JSON.stringify(value));
    expect(back).toStrictEqual(zeroed(value));
    return true;
  } catch {
    return false;
  }
}

/** A copy in which -0 is 0. */
function zeroed(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value) && Object.keys(value).length === value.length) return value.map(zeroed);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, zeroed(inner)]));
}
