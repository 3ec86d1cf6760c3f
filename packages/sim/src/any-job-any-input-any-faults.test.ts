/**
 * Any job of a small grammar, over any input, under any schedule of faults, gives what a sequential
 * run gives. fast-check draws all three as plain data and shrinks them together.
 */
import { describe, expect } from 'vitest';
import { fc, test } from '@fast-check/vitest';
import { bytes, keyValue, lines } from '@lisping/formats';
import { exactSum, job, max, min, sum } from '@lisping/core';
import type { AnyJob } from '@lisping/core';
import type { Fault } from './fault.ts';
import { simulate } from './simulate.ts';

const SECOND = 1_000_000;
const REPLICAS = 3;

// ---------------------------------------------------------------- jobs

/** Everything that the grammar may say about a job. */
interface JobChoice {
  readonly record: 'lines' | 'bytes' | 'keyValue';
  readonly keyOf: 'word' | 'length' | 'first letter';
  readonly fold: 'none' | 'sum' | 'min' | 'max' | 'exactSum' | 'function' | 'own';
  readonly partition: 'default' | 'own';
  readonly twoLines: boolean;
}

const jobChoices: fc.Arbitrary<JobChoice> = fc.record({
  record: fc.constantFrom('lines', 'bytes', 'keyValue'),
  keyOf: fc.constantFrom('word', 'length', 'first letter'),
  fold: fc.constantFrom('none', 'sum', 'min', 'max', 'exactSum', 'function', 'own'),
  partition: fc.constantFrom('default', 'own'),
  twoLines: fc.boolean(),
});

/** The same arithmetic as a fold, as a function of a combiner, and as what a reduce does. */
const OWN_MODULUS = 1009;
const own = {
  start: (): number => 0,
  add: (a: number, value: number): number => (a + value) % OWN_MODULUS,
  merge: (a: number, b: number): number => (a + b) % OWN_MODULUS,
};
const FOLDS = { sum, min, max, exactSum, own };

function merged(choice: JobChoice, values: Iterable<number>): number {
  switch (choice.fold) {
    case 'none':
    case 'function':
    case 'sum':
      return sum(values);
    case 'min':
      return min(values);
    case 'max':
      return max(values);
    case 'exactSum':
      return exactSum(values);
    case 'own':
      return [...values].reduce(own.merge, own.start());
  }
}

function textOf(record: unknown): string {
  if (record instanceof Uint8Array) return [...record].map((byte) => byte.toString(36)).join(' ');
  return Array.isArray(record) ? record.join(' ') : String(record);
}

function keyOf(choice: JobChoice, word: string): string {
  switch (choice.keyOf) {
    case 'word':
      return word;
    case 'length':
      return `n${word.length}`;
    case 'first letter':
      // By code point: half an astral character is no text, and is refused as a key.
      return String.fromCodePoint(word.codePointAt(0) ?? 0);
  }
}

type Emit = (key: string, value?: number) => void;

function makeJob(choice: JobChoice): AnyJob {
  const map = (record: unknown, emit: Emit): void => {
    for (const word of textOf(record).split(' ')) emit(keyOf(choice, word), word.length);
  };
  const reduce = (key: string, values: Iterable<number>, emit: Emit): void => {
    emit(key, merged(choice, values));
    if (choice.twoLines) emit(`${key}!`);
  };
  const combine = (key: string, values: Iterable<number>, emit: Emit): void =>
    emit(key, sum(values));
  const formats = { lines: lines(), bytes: bytes(), keyValue: keyValue() };
  const partition = (key: string, partitions: number): number => key.length % partitions;
  const definition: Record<string, unknown> = { map, reduce, input: formats[choice.record] };
  if (choice.partition === 'own') definition['partition'] = partition;
  if (choice.fold === 'function') definition['combine'] = combine;
  else if (choice.fold !== 'none') definition['combine'] = FOLDS[choice.fold];
  // The grammar is drawn at run time, where no type can follow it; job() checks the shape itself.
  return job(definition as unknown as Parameters<typeof job>[0]);
}

// ---------------------------------------------------------------- inputs

const characters = fc.constantFrom(
  'a',
  'b',
  'the',
  ' ',
  ' ',
  '\t',
  '\n',
  '\r',
  '\r\n',
  '\\',
  '\uFEFF',
  'é',
  '世',
  '𝒳',
  '\0',
);
const files = fc.array(
  fc.oneof(
    fc
      .array(characters, { maxLength: 40 })
      .map((parts) => new TextEncoder().encode(parts.join(''))),
    fc.uint8Array({ maxLength: 60 }),
  ),
  { maxLength: 3 },
);

// ---------------------------------------------------------------- faults

const at = fc.integer({ min: 0, max: 40 * SECOND });
const length = fc.oneof(
  fc.integer({ min: 1, max: SECOND }),
  fc.integer({ min: 2_500_000, max: 4_500_000 }),
  fc.integer({ min: SECOND, max: 20 * SECOND }),
);
const replica = fc.nat(REPLICAS - 1).map((i) => `replica-${i}`);
const node = fc.oneof(replica, fc.constantFrom('primary', 'client', 'store'));
const link = fc
  .tuple(node, node, fc.constantFrom('->', '<->'))
  .filter(([a, b]) => a !== b)
  .map(([a, b, arrow]) => `${a}${arrow}${b}`);
const rate = fc.integer({ min: 50, max: 1000 });

const faults: fc.Arbitrary<Fault[]> = fc.array(
  fc.oneof(
    fc
      .tuple(at, length, replica, fc.constantFrom('kept', 'wiped'))
      .map(([start, lasts, target, disk]): Fault => ({
        at: start,
        kind: 'crash',
        target,
        disk,
        until: start + lasts,
      })),
    fc.tuple(at, length).map(([start, lasts]): Fault => ({
      at: start,
      kind: 'crash',
      target: 'primary',
      disk: 'kept',
      until: start + lasts,
    })),
    fc
      .tuple(at, length, fc.oneof(replica, fc.constant('primary')))
      .map(([start, lasts, target]): Fault => ({
        at: start,
        kind: 'pause',
        target,
        until: start + lasts,
      })),
    fc.tuple(at, length, link).map(([start, lasts, target]): Fault => ({
      at: start,
      kind: 'cut',
      target,
      until: start + lasts,
    })),
    fc
      .tuple(at, length, link, rate, fc.constantFrom('loss', 'duplication'))
      .map(([start, lasts, target, perMille, kind]): Fault => ({
        at: start,
        kind,
        target,
        until: start + lasts,
        perMille,
      })),
    fc.tuple(at, length, link, rate, length).map(([start, lasts, target, perMille, by]): Fault => ({
      at: start,
      kind: 'delay',
      target,
      until: start + lasts,
      perMille,
      by,
    })),
    fc.tuple(at, replica, fc.nat(7)).map(([start, target, partition]): Fault => ({
      at: start,
      kind: 'damage',
      target,
      partition,
    })),
    at.map((start): Fault => ({ at: start, kind: 'successor', target: 'successor' })),
  ),
  { maxLength: 6 },
);

describe('what a user asks for', () => {
  test.prop([jobChoices, files, fc.integer({ min: 1, max: 50 }), fc.nat(4), faults, fc.string()], {
    numRuns: 300,
  })(
    'comes out right, whatever the job, the input and the faults',
    (choice, contents, splitBytes, reduces, drawn, seed) => {
      const result = simulate({
        job: makeJob(choice),
        jobName: 'drawn',
        inputs: contents.map((content, i) => ({ path: `in-${i}`, bytes: content })),
        replicas: REPLICAS,
        slots: 2,
        failRate: 0,
        reduces: reduces + 1,
        splitBytes,
        seed,
        schedules: 1,
        keepGoing: false,
        faults: drawn,
        parameters: {},
        memo: false,
      });
      expect([result.verdict, result.checks.filter((check) => !check.ok)]).toEqual(['passed', []]);
    },
  );
});
