// Checksums of segments and parts: two 32-bit lanes, of which 53 bits make a safe integer, so that a
// checksum travels in JSON and compares with ===. A changed word always changes both lanes.
declare const checksumBrand: unique symbol;

/** A checksum of bytes: a safe integer from 0 to 2^53 - 1. */
export type Checksum = number & { readonly [checksumBrand]: 'Checksum' };

/** A checksum that is fed piece by piece; how the bytes are cut does not matter. */
export interface Checksummer {
  update(bytes: Uint8Array, start?: number, end?: number): void;
  digest(): Checksum;
}

/**
 * The checksum of some bytes.
 *
 * @example
 * checksum(encodeUtf8('a')) === checksum(encodeUtf8('a')); // true
 */
export function checksum(bytes: Uint8Array): Checksum {
  const summer = createChecksummer();
  summer.update(bytes);
  return summer.digest();
}

/** A checksum in pieces, for what is streamed. */
export function createChecksummer(): Checksummer {
  let low = 0x9747b28c | 0;
  let high = 0x3c6ef372 | 0;
  let word = 0;
  let pending = 0; // bytes in `word`, 0 to 3
  let length = 0;

  const mix = (value: number): void => {
    let k = Math.imul(value, 0xcc9e2d51);
    k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
    low ^= k;
    low = (Math.imul((low << 13) | (low >>> 19), 5) + 0xe6546b64) | 0;
    let m = Math.imul(value, 0x239b961b);
    m = Math.imul((m << 16) | (m >>> 16), 0xab0e9789);
    high ^= m;
    high = (Math.imul((high << 17) | (high >>> 15), 5) + 0x561ccd1b) | 0;
  };

  return {
    update(bytes, start = 0, end = bytes.length) {
      length += end - start;
      let at = start;
      while (at < end && pending !== 0) {
        word |= bytes[at++]! << (pending * 8);
        pending = (pending + 1) & 3;
        if (pending === 0) {
          mix(word);
          word = 0;
        }
      }
      for (; at + 4 <= end; at += 4) {
        mix(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
      }
      for (; at < end; at++) word |= bytes[at]! << (pending++ * 8);
    },
    digest() {
      const saved = { low, high };
      mix(word);
      mix(length | 0);
      mix(Math.floor(length / 0x1_0000_0000));
      const lane = finish(high ^ low) >>> 11;
      const sum = lane * 0x1_0000_0000 + (finish(low) >>> 0);
      ({ low, high } = saved); // so that more may follow
      return sum as Checksum; // the only place where the brand is given
    },
  };
}

/** Murmur's last step: every bit of the input reaches every bit of the result. */
function finish(lane: number): number {
  let h = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
