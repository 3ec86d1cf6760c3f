// Hadoop's Writable encodings, as far as the files of a job need them.

/** Bytes that grow at the end. */
export class WritableBytes {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  /** Bytes so far: the offset of what is written next. */
  get length(): number {
    return this.#length;
  }

  /** Characters of ASCII, without a length. */
  ascii(text: string): this {
    return this.#add(Buffer.from(text, 'latin1'));
  }

  /** Four bytes, the highest first. */
  int(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    return this.#add(bytes);
  }

  /** Eight bytes, the highest first. */
  long(value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64BE(BigInt(value));
    return this.#add(bytes);
  }

  /** VInt and VLong: one byte from -112 to 127, else a byte that tells sign and length, and the value. */
  vlong(value: number): this {
    if (value >= -112 && value <= 127) return this.#add(Buffer.of(value & 0xff));
    const isNegative = value < 0;
    let rest = BigInt(value);
    if (isNegative) rest = ~rest;
    const bytes: number[] = [];
    for (; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
    const head = (isNegative ? -120 : -112) - bytes.length;
    return this.#add(Buffer.of(head & 0xff, ...bytes));
  }

  /** UTF-8 behind its length in bytes. */
  text(value: string): this {
    const bytes = Buffer.from(value);
    return this.vlong(bytes.length).#add(bytes);
  }

  toBytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }

  #add(bytes: Buffer): this {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    return this;
  }
}
