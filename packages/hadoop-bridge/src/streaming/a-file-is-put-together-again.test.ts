// Whatever the bytes of a file are, what Hadoop makes of them under the delimiter LF is enough to have
// them back.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWholeFile } from './whole-file.ts';

const MARK = Buffer.from('\ufeff');

/** What LineRecordReader gives for a file when only LF ends a record; checked on a real one in tools/fidelity. */
function asHadoopGives(file: Buffer): Buffer {
  const hasMark = file.subarray(0, 3).equals(MARK);
  const pieces: Buffer[] = [];
  for (let at = 0; at < file.length;) {
    const lf = file.indexOf(0x0a, at);
    const end = lf < 0 ? file.length : lf;
    const from = at === 0 && hasMark ? MARK.length : at;
    const isNothing = from === end && lf < 0; // a mark and no more
    if (!isNothing)
      pieces.push(Buffer.from(`${at}\t`), file.subarray(from, end), Buffer.from('\n'));
    at = end + 1;
  }
  return Buffer.concat(pieces);
}

function putTogether(given: Buffer, length: number, cut: number): Buffer {
  const chunks: Uint8Array[] = [];
  let ended = false;
  const parser = {
    write: (chunk: Uint8Array) => chunks.push(chunk.slice()) > 0,
    end: () => void (ended = true),
  };
  const whole = createWholeFile('f', length, parser);
  for (let at = 0; at < given.length; at += cut) whole.write(given.subarray(at, at + cut));
  whole.end();
  expect(ended).toBe(true);
  return Buffer.concat(chunks);
}

const piece = fc.oneof(
  fc
    .constantFrom('\n', '\n', '\r\n', '\r', '\t', 'a', '0\t', '\ufeff', 'é')
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  fc.integer({ min: 1, max: 70_000 }).map((size) => Buffer.alloc(size, 'x')),
);

test('byte for byte, however the stream is cut', () => {
  const property = fc.property(
    fc.array(piece, { maxLength: 12 }),
    fc.integer({ min: 1, max: 100_000 }),
    (pieces, cut) => {
      const file = Buffer.concat(pieces);
      expect(putTogether(asHadoopGives(file), file.length, cut).equals(file)).toBe(true);
    },
  );
  fc.assert(property, {
    numRuns: 300,
    examples: [
      [[MARK], 1],
      [[MARK, Buffer.from('\n')], 1],
      [[MARK, MARK], 2],
    ],
  });
});

test.each([
  ['a piece is missing', '0\ta\n4\tb\n', 5],
  ['the end is missing', '0\ta\n2\tb\n', 9],
  ['the beginning is missing', '2\tb\n', 4],
  ['there is no offset', 'a\tb\n', 3],
])('when %s, that is an error', (_what, given, length) => {
  expect(() => putTogether(Buffer.from(given), length, 100)).toThrow(/do not fit together/);
});
