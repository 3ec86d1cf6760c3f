/**
 * The running hash of everything that happens in a run: two lanes of 32 bits over integers, in the
 * order of delivery. Two runs with equal hashes took the same course.
 */
export class TraceHash {
  private low = 0x6a09e667;
  private high = 0xbb67ae85 | 0;

  /** Takes the low 32 bits of an integer and of what lies above them. */
  addWide(value: number): void {
    this.add(value | 0);
    this.add(Math.floor(value / 0x1_0000_0000) | 0);
  }

  add(value: number): void {
    const low = Math.imul(this.low ^ value, 0x85ebca6b);
    this.low = (low << 13) | (low >>> 19);
    const high = Math.imul(this.high ^ (value >>> 3) ^ (value << 29), 0xc2b2ae35);
    this.high = ((high << 15) | (high >>> 17)) ^ this.low;
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return hex(this.high) + hex(this.low);
  }
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}

/** One hash for the hashes of several runs, in their order. */
export function combinedHash(hashes: readonly string[]): string {
  const combined = new TraceHash();
  for (const hash of hashes) {
    combined.add(parseInt(hash.slice(0, 8), 16) | 0);
    combined.add(parseInt(hash.slice(8), 16) | 0);
  }
  return combined.toString();
}
