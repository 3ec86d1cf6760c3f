// The order of keys: unsigned bytes, shorter first. JavaScript's `<` compares UTF-16 and differs.

/**
 * Negative, zero or positive as `a` sorts before, with or after `b`.
 *
 * @example
 * compareBytes(encodeUtf8('a'), encodeUtf8('ab')) < 0; // true
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return compareRanges(a, 0, a.length, b, 0, b.length);
}

/** The same order on parts of two arrays, without cutting them out. */
export function compareRanges(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): number {
  const aLength = aEnd - aStart;
  const bLength = bEnd - bStart;
  const shared = aLength < bLength ? aLength : bLength;
  for (let i = 0; i < shared; i++) {
    const difference = a[aStart + i]! - b[bStart + i]!;
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
