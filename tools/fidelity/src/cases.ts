// Cases drawn by fast-check: jobs, inputs made of what breaks such systems, splits, reduces.
import fc from 'fast-check';
import type { Case } from './both-ways.ts';

const utf8 = (text: string): Uint8Array => Buffer.from(text);
const joined = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(pieces));

/** Line ends of every kind, often. */
const ends = ['\n', '\n', '\r\n', '\r', '\n\n', '\r\r\n'].map(utf8);
const ascii = String.raw`a|b|the|hello| | |\|\n|\N|"|,|0`.split('|');
const others = [
  '\t',
  '\u0000',
  '\u0001',
  'é',
  '世界',
  '𝒳',
  '｡',
  '𐀀',
  '\u00a0',
  '\u2028',
  '\ufffd',
  '\ufeff',
];
const texts = [...ascii, ...others, 'e\u0301'].map(utf8);
/** What is no UTF-8: lone and overlong bytes, half a character, surrogates. */
const broken = [
  [0xff],
  [0xfe],
  [0xc3],
  [0x80],
  [0xc0, 0xaf],
  [0xe4, 0xb8],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9d, 0x92],
].map((bytes) => Uint8Array.from(bytes));

const piece: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...texts) },
  { weight: 3, arbitrary: fc.constantFrom(...ends) },
  { weight: 1, arbitrary: fc.constantFrom(...broken) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((text) => utf8(text)),
  },
);

const short = fc.array(piece, { maxLength: 60 }).map(joined);
const marked = short.map((bytes) => joined([utf8('\ufeff'), bytes]));
const empty = fc.constant(new Uint8Array(0));
/** Lines longer than what the child reads at once, and many short ones. */
const long = fc
  .tuple(short, fc.integer({ min: 1, max: 400_000 }), short)
  .map(([before, size, after]) => joined([before, Buffer.alloc(size, 'lang '), after]));
const many = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 3000 }))
  .map(([pieces, times]) => joined(Array.from({ length: times }, () => joined(pieces))));

const anyBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 10, arbitrary: short },
  { weight: 2, arbitrary: marked },
  { weight: 2, arbitrary: empty },
  { weight: 1, arbitrary: long },
  { weight: 1, arbitrary: many },
);

const end = fc.constantFrom('\n', '\r\n', '\r');
const jsonBytes = fc
  .array(fc.tuple(fc.jsonValue({ maxDepth: 2 }), end), { maxLength: 30 })
  .map((lines) => utf8(lines.map(([value, ending]) => JSON.stringify(value) + ending).join('')));

const field = fc.constantFrom('a', '', 'é', '"q"', 'x,y', '𝒳', 'two words', ' ');
const quoted = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const rowsOf = (columns: number, cell: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.array(cell.map(quoted), { minLength: columns, maxLength: columns }), end), {
      maxLength: 20,
    })
    .map((rows) => rows.map(([cells, ending]) => cells.join(',') + ending).join(''));
const csvLines = rowsOf(3, field).map(utf8);
const csvFiles = fc
  .tuple(
    fc.constantFrom('', '\ufeff'),
    rowsOf(2, fc.oneof(field, fc.constantFrom('a\nb', '\n', 'l\n\nm'))),
    fc.boolean(),
  )
  .map(([mark, rows, isCut]) => utf8(`${mark}x,y\n${isCut ? rows.trimEnd() : rows}`));

/** The jobs, each with what it reads. */
const jobs: Readonly<Record<string, fc.Arbitrary<Uint8Array>>> = {
  words: anyBytes,
  offsets: anyBytes,
  longest: anyBytes,
  'raw-groups': anyBytes,
  sorted: anyBytes,
  'sorted-raw': anyBytes,
  'sorted-placed': anyBytes,
  pairs: anyBytes,
  'json-lines': jsonBytes,
  'csv-lines': csvLines,
  'csv-files': csvFiles,
  'whole-files': anyBytes,
  context: anyBytes,
  source: empty,
};

const SPLITS_MAX = 6; // every split is a process on Hadoop's side
const name = fc.constantFrom('a', 'b', 'c d', 'é', 'e%20f', 'z+', '世');

/** Any case that both sides should agree about. */
export const anyCase: fc.Arbitrary<Case> = fc
  .constantFrom(...Object.entries(jobs))
  .chain(([job, content]) =>
    fc.record({
      job: fc.constant(job),
      files: fc.dictionary(name, content, { minKeys: 1, maxKeys: 3 }),
      splits: fc.integer({ min: 1, max: SPLITS_MAX }),
      reduces: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
        { weight: 1, arbitrary: fc.integer({ min: 5, max: 16 }) },
      ),
      combineBytes: fc.constantFrom(undefined, undefined, 1000),
    }),
  )
  .map(({ splits, combineBytes, ...rest }) => {
    const total = Object.values(rest.files).reduce((sum, bytes) => sum + bytes.length, 0);
    const splitBytes = Math.max(1, Math.ceil(total / splits));
    return combineBytes === undefined
      ? { ...rest, splitBytes }
      : { ...rest, splitBytes, combineBytes };
  });
