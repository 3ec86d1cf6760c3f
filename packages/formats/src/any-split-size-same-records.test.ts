// Any split size and any chunking give the same records, at the same offsets, as a naive reader of the
// whole file.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allFound, type Found, readSplits } from '../testing/read-splits.ts';
import { bytes, csv, jsonLines, keyValue, lines } from './index.ts';

const piece = fc
  .oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\r\n',
      '\n\n',
      '\r\r\n',
      'a',
      'b\t',
      'é',
      '世',
      '𝒳',
      '\uFEFF',
      ' ',
    ),
    fc.string({ maxLength: 5 }),
  )
  .map((text) => Buffer.from(text));
const broken = fc.uint8Array({ maxLength: 3 }).map((raw) => Buffer.from(raw));
const file = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, { weight: 1, arbitrary: broken }), {
    maxLength: 30,
    size: 'max',
  })
  .map((pieces) => new Uint8Array(Buffer.concat(pieces)));
const cuts = fc.record({
  splitBytes: fc.integer({ min: 1, max: 40 }),
  chunkBytes: fc.integer({ min: 1, max: 40 }),
});

/** Lines of a whole file, found byte by byte. */
function naiveLines(input: Uint8Array): Found<Uint8Array>[] {
  const found: Found<Uint8Array>[] = [];
  const hasMark = input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf;
  let begin = hasMark ? 3 : 0;
  let at = begin;
  const end = (size: number): void => {
    found.push([input.slice(begin, at), hasMark && begin === 3 ? 0 : begin]);
    at += size;
    begin = at;
  };
  while (at < input.length) {
    if (input[at] === 0x0d && input[at + 1] === 0x0a) end(2);
    else if (input[at] === 0x0a || input[at] === 0x0d) end(1);
    else at++;
  }
  if (begin < input.length) end(0);
  return found;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

function isInvalid(line: Uint8Array): boolean {
  try {
    strict.decode(line);
    return false;
  } catch {
    return true;
  }
}

test('bytes() gives the lines of a naive reader', () => {
  fc.assert(
    fc.property(file, cuts, (input, { splitBytes, chunkBytes }) => {
      expect(allFound(readSplits(bytes(), input, splitBytes, chunkBytes))).toEqual(
        naiveLines(input),
      );
    }),
    { numRuns: 1000 },
  );
});

test('lines() gives the same as text, and counts the lines that are no UTF-8', () => {
  fc.assert(
    fc.property(file, cuts, (input, { splitBytes, chunkBytes }) => {
      const naive = naiveLines(input);
      const reads = readSplits(lines(), input, splitBytes, chunkBytes);
      expect(allFound(reads)).toEqual(
        naive.map(([line, offset]) => [decoder.decode(line), offset]),
      );
      const counted = reads.reduce(
        (n, read) => n + (read.counted['lisping.invalid_utf8_lines'] ?? 0),
        0,
      );
      expect(counted).toBe(naive.filter(([line]) => isInvalid(line)).length);
    }),
    { numRuns: 1000 },
  );
});

test('every split owns the lines that start behind its beginning and not behind its end', () => {
  fc.assert(
    fc.property(file, cuts, (input, { splitBytes, chunkBytes }) => {
      const naive = naiveLines(input);
      for (const { split, found } of readSplits(bytes(), input, splitBytes, chunkBytes)) {
        const { start } = split;
        const owned = naive.filter(
          ([, at]) => (start === 0 || at > start) && at <= start + split.length,
        );
        expect(found).toEqual(owned);
      }
    }),
    { numRuns: 1000 },
  );
});

test('keyValue() cuts lines at the first TAB', () => {
  fc.assert(
    fc.property(file, cuts, (input, { splitBytes, chunkBytes }) => {
      const expected = naiveLines(input).map(([line, offset]) => {
        const [key = '', ...rest] = decoder.decode(line).split('\t');
        return [[key, rest.join('\t')], offset];
      });
      expect(allFound(readSplits(keyValue(), input, splitBytes, chunkBytes))).toEqual(expected);
    }),
  );
});

test('jsonLines() parses every line that is not empty', () => {
  const jsonFile = fc.array(
    fc.tuple(fc.oneof(fc.json(), fc.constant('')), fc.constantFrom('\n', '\r\n')),
  );
  fc.assert(
    fc.property(jsonFile, cuts, (entries, { splitBytes, chunkBytes }) => {
      const input = Buffer.from(entries.map(([line, end]) => line + end).join(''));
      const found = allFound(readSplits(jsonLines(), input, splitBytes, chunkBytes));
      const values = entries
        .filter(([line]) => line !== '')
        .map(([line]) => JSON.parse(line) as unknown);
      expect(found.map(([value]) => value)).toEqual(values);
    }),
  );
});

describe('csv()', () => {
  const field = fc.oneof(
    fc.constantFrom('', 'a', '"', ',', '\n', '\r\n', 'é', '""', ' x '),
    fc.string({ maxLength: 4 }).filter((text) => !text.includes('\uFEFF')),
  );
  const quoted = (text: string, force: boolean): string =>
    force || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const row = fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 4 });
  const end = fc.constantFrom('\n', '\r\n');

  test('gives back the fields that were written, with their offsets, in any chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(row, end, fc.boolean())), cuts, (rows, { chunkBytes }) => {
        let input = '';
        const expected = rows.map(([fields, ender, blankBefore]) => {
          if (blankBefore) input += ender;
          const offset = Buffer.byteLength(input);
          input += fields.map(([text, force]) => quoted(text, force)).join(',') + ender;
          return [fields.map(([text]) => text), offset];
        });
        expect(allFound(readSplits(csv(), Buffer.from(input), 10, chunkBytes))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test('without quoted line breaks it may be split anywhere', () => {
    const flat = fc.array(
      fc.tuple(
        field.map((text) => text.replace(/[\r\n]/g, '')),
        fc.boolean(),
      ),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(flat, end)), cuts, (rows, { splitBytes, chunkBytes }) => {
        let input = '';
        const expected = rows.map(([fields, ender]) => {
          const offset = Buffer.byteLength(input);
          input += fields.map(([text, force]) => quoted(text, force)).join(',') + ender;
          return [fields.map(([text]) => text), offset];
        });
        const format = csv({ quotedNewlines: false });
        expect(allFound(readSplits(format, Buffer.from(input), splitBytes, chunkBytes))).toEqual(
          expected,
        );
      }),
      { numRuns: 500 },
    );
  });
});
