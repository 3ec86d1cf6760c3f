import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareBytes } from './compare.ts';
import { encodeUtf8 } from './utf8-encode.ts';

test('the order that was seen on Hadoop', () => {
  const sorted = ['B', 'a', 'z', '\x80', 'é', '\uFF61', '\u{10000}'].map(encodeUtf8);
  const withRaw = [
    ...sorted.slice(0, 3),
    Uint8Array.of(0x80),
    ...sorted.slice(4),
    Uint8Array.of(0xff, 0xfe),
  ];
  expect(withRaw.toReversed().sort(compareBytes)).toEqual(withRaw);
  // JavaScript's own order will not do: it puts U+10000 before U+FF61.
  expect(['\uFF61', '\u{10000}'].sort((a, b) => (a < b ? -1 : 1))).toEqual(['\u{10000}', '\uFF61']);
});

test('any two byte strings compare as Buffer.compare says', () => {
  const bytes = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(a, b));
    }),
  );
});
