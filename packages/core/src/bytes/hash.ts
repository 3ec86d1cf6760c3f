// The hash of Hadoop's partitioners. Bytes are signed, as in Java.

/**
 * `h = seed; for each signed byte b: h = 31*h + b`, in 32 bits. Seed 1 is `HashPartitioner` over
 * `Text`; seed 0 is `KeyFieldBasedPartitioner`, which jobs with sorted values use.
 *
 * @example
 * hashKey(encodeUtf8('the'), 0, 3); // 144592
 */
export function hashKey(bytes: Uint8Array, start: number, end: number, seed = 1): number {
  let hash = seed;
  for (let i = start; i < end; i++) {
    hash = (Math.imul(hash, 31) + ((bytes[i]! << 24) >> 24)) | 0;
  }
  return hash;
}

/** The partition that Hadoop gives a key with this hash. */
export function partitionOfHash(hash: number, partitions: number): number {
  return (hash & 0x7fffffff) % partitions;
}
