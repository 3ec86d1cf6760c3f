// The promise that a lone surrogate never passes: encoding refuses it, decoding cannot make one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LispingError } from '../errors/lisping-error.ts';
import { decodeUtf8, isValidUtf8 } from './utf8-decode.ts';
import { encodeUtf8 } from './utf8-encode.ts';

const reference = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

// Random bytes seldom hit the borders of UTF-8; these do.
const byte = fc.oneof(
  fc.constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe2),
  fc.constantFrom(0xed, 0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff, 0xbb, 0x41),
  fc.integer({ min: 0, max: 255 }),
);
const bytes = fc.array(byte, { maxLength: 40 }).map((list) => Uint8Array.from(list));

function isStrictlyValid(input: Uint8Array): boolean {
  try {
    strict.decode(input);
    return true;
  } catch {
    return false;
  }
}

test('any bytes decode as TextDecoder decodes them', () => {
  fc.assert(
    fc.property(bytes, (input) => {
      expect(decodeUtf8(input)).toBe(reference.decode(input));
      expect(isValidUtf8(input, 0, input.length)).toBe(isStrictlyValid(input));
    }),
    { numRuns: 5000 },
  );
});

test('every sequence of two and three bytes with a high lead decodes as TextDecoder does', () => {
  for (let lead = 0x80; lead < 0x100; lead++) {
    for (let next = 0; next < 0x100; next += 0x0f) {
      const input = Uint8Array.of(lead, next, 0x80, 0xbf, 0x41);
      expect(decodeUtf8(input)).toBe(reference.decode(input));
    }
  }
});

test('a long text decodes whole', () => {
  const text = 'aé世𝒳'.repeat(5000);
  expect(decodeUtf8(encodeUtf8(text))).toBe(text);
});

test('well-formed text encodes as TextEncoder does, a lone surrogate is refused', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)) }),
      (text) => {
        if (/\p{Surrogate}/u.test(text)) expect(() => encodeUtf8(text)).toThrow(LispingError);
        else expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
      },
    ),
    { numRuns: 2000 },
  );
  expect(() => encodeUtf8('a\ud800')).toThrow(/lone surrogate/);
  expect(() => encodeUtf8('\udc00')).toThrow(/lone surrogate/);
});
