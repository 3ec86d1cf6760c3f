// Any job of a small grammar, over any input in any splits, gives the output of a naive program: a Map
// and a sort, which share nothing with the engine.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runRecords } from '../../testing/run-records.ts';
import { sum } from '../fold/sum.ts';
import { type AnyJob } from '../job/any-job.ts';
import type { Emit } from '../job/functions.ts';
import { job } from '../job/job.ts';

type Combiner = 'none' | 'fold' | 'function' | 'user-fold';

interface Grammar {
  readonly inputs: readonly (readonly string[])[];
  readonly combiner: Combiner;
  readonly reduces: number;
  readonly hash: 'hadoop' | 'length';
}

const word = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'aa', 'é', '\uFF61', '\u{10000}', 'a\tb', 'a\n', '\\', 'a\u0001'),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const grammar: fc.Arbitrary<Grammar> = fc.record({
  inputs: fc.array(fc.array(word, { maxLength: 20, size: 'max' }), { maxLength: 20, size: 'max' }),
  combiner: fc.constantFrom<Combiner>('none', 'fold', 'function', 'user-fold'),
  reduces: fc.integer({ min: 1, max: 5 }),
  hash: fc.constantFrom('hadoop', 'length'),
});

const COMBINERS = {
  none: {},
  fold: { combine: sum },
  'user-fold': {
    combine: {
      start: () => 0,
      add: (a: number, v: number) => a + v,
      merge: (a: number, b: number) => a + b,
    },
  },
  function: {
    combine(key: string, values: Iterable<number>, emit: Emit<string, number>) {
      emit(key, sum(values));
    },
  },
};

function jobOf({ combiner, hash }: Grammar): AnyJob {
  const definition = {
    map(line: string, emit: Emit<string, number>) {
      emit(line, line.length + 1);
      emit(line.slice(0, 1), 1);
    },
    reduce(key: string, values: Iterable<number>, emit: Emit<unknown, unknown>) {
      emit([key], sum(values));
    },
    ...(hash === 'length' ? { partition: (key: string, n: number) => key.length % n } : {}),
    ...COMBINERS[combiner],
  };
  return (job as (definition: unknown) => AnyJob)(definition); // no overload has a union of combiners
}

function escaped(key: string): Buffer {
  const letters: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
  return Buffer.from(key.replace(/[\\\t\n\r]/g, (c) => letters[c]!));
}

function naive({ inputs, reduces, hash }: Grammar): string[] {
  const totals = new Map<string, number>();
  const add = (key: string, n: number): void => {
    totals.set(key, (totals.get(key) ?? 0) + n);
  };
  for (const line of inputs.flat()) {
    add(line, line.length + 1);
    add(line.slice(0, 1), 1);
  }
  const parts = Array.from({ length: reduces }, () => '');
  const sorted = [...totals].sort(([a], [b]) => Buffer.compare(escaped(a), escaped(b)));
  for (const [key, total] of sorted) {
    let h = 1n;
    for (const byte of escaped(key))
      h = BigInt.asIntN(32, h * 31n + BigInt(byte < 128 ? byte : byte - 256));
    const hashed = Number((h & 0x7fffffffn) % BigInt(reduces));
    parts[hash === 'hadoop' ? hashed : key.length % reduces] +=
      `${JSON.stringify([key])}\t${total}\n`;
  }
  return parts;
}

test('the engine gives what a Map and a sort give', () => {
  const wellFormed = grammar.filter(({ inputs }) =>
    // the first unit of a pair alone is no text, and would rightly be refused
    inputs.flat().every((line) => !/\p{Surrogate}/u.test(line.slice(0, 1) + line)),
  );
  fc.assert(
    fc.property(wellFormed, (g) => {
      const run = runRecords(jobOf(g), g.inputs, { reduces: g.reduces });
      expect(run.parts).toEqual(naive(g));
      expect(run.counters['lisping.map_input_records'] ?? 0).toBe(g.inputs.flat().length);
      expect(run.counters['lisping.map_output_records'] ?? 0).toBe(2 * g.inputs.flat().length);
    }),
    { numRuns: 300 },
  );
});

test('the same task gives the same bytes when it is run again', () => {
  fc.assert(
    fc.property(grammar, (g) => {
      const inputs = g.inputs.map((lines) => lines.filter((line) => line.charCodeAt(0) < 0xd800));
      const [first, second] = [0, 1].map(() =>
        runRecords(jobOf(g), inputs, { reduces: g.reduces }),
      );
      expect(second!.maps).toEqual(first!.maps);
    }),
    { numRuns: 50 },
  );
});
