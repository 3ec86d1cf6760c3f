// The prefix trick. A partition function in JavaScript cannot run inside Hadoop, but Hadoop's
// KeyFieldBasedPartitioner can hash a first field that is chosen so that its hash is the partition wanted.
// All keys of a partition have the same token, so the order within it is untouched.

const BASE = 31; // the factor of the hash, so that a token is a number written in digits
const DIGIT_ZERO = 0x30; // digits are the characters from 0 to N: no TAB, no quote, no backslash

/**
 * The token of a partition. With h = 0 and h = 31 h + byte for each byte, as Hadoop does, h modulo
 * `partitions` is the partition.
 *
 * @example
 * tokenOf(2, 7);
 */
export function tokenOf(partition: number, partitions: number): Uint8Array {
  const digits = digitsFor(partitions);
  let zeros = 0; // the hash of the token whose digits are all 0
  for (let i = 0; i < digits; i++) zeros = zeros * BASE + DIGIT_ZERO;
  let rest = (((partition - zeros) % partitions) + partitions) % partitions;
  const token = new Uint8Array(digits);
  for (let i = digits - 1; i >= 0; i--) {
    token[i] = DIGIT_ZERO + (rest % BASE);
    rest = Math.floor(rest / BASE);
  }
  return token;
}

/** Enough for every remainder; the hash then stays far below 2^31. */
function digitsFor(partitions: number): number {
  let digits = 1;
  for (let reach = BASE; reach < partitions; reach *= BASE) digits++;
  return digits;
}
