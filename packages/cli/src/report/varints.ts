// Rows of unsigned varints in base64: small, and read by the page in one pass.

/** Collects numbers from 0 to 2^53 - 1. */
export class Varints {
  private bytes = Buffer.alloc(64 * 1024);
  private length = 0;

  add(...values: readonly number[]): void {
    if (this.length + values.length * BYTES_MAX > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], this.bytes.length * 2);
    }
    for (const value of values) this.one(value);
  }

  private one(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  base64(): string {
    return this.bytes.toString('base64', 0, this.length);
  }
}

const BYTES_MAX = 8;
