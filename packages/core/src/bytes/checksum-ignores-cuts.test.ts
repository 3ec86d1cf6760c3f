import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum, createChecksummer } from './checksum.ts';

test('the checksum does not depend on how the bytes are cut', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 9 });
  fc.assert(
    fc.property(chunks, (pieces) => {
      const summer = createChecksummer();
      for (const piece of pieces) {
        summer.update(piece);
        summer.digest(); // asking does not disturb it
      }
      expect(summer.digest()).toBe(checksum(Uint8Array.from(pieces.flatMap((p) => [...p]))));
    }),
  );
});

test('a flipped bit, a lost byte and an added zero change it', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 40 }),
      fc.nat(),
      fc.nat(7),
      (bytes, at, bit) => {
        const flipped = bytes.slice();
        flipped[at % bytes.length]! ^= 1 << bit;
        const sum = checksum(bytes);
        expect(checksum(flipped)).not.toBe(sum);
        expect(checksum(bytes.subarray(1))).not.toBe(sum);
        expect(checksum(Uint8Array.of(...bytes, 0))).not.toBe(sum);
        expect(Number.isSafeInteger(sum) && sum >= 0).toBe(true);
      },
    ),
  );
});

test('its values are fixed: segments of different versions are compared by them', () => {
  expect(checksum(new Uint8Array(0))).toMatchInlineSnapshot(`4095458213048627`);
  expect(checksum(Uint8Array.of(1, 2, 3, 4, 5))).toMatchInlineSnapshot(`1506477569296676`);
});
