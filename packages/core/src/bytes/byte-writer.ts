// A growing array of bytes: everything that leaves a task is written through one of these, so that
// no record costs an allocation of its own.
import { LispingError } from '../errors/lisping-error.ts';

const CAPACITY_MIN = 64;
const CAPACITY_MAX = 0x7fff_ffff; // what Int32 offsets into it can reach

/** Bytes that are appended to; `bytes` is valid from 0 to `length` until the next write. */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity: number = CAPACITY_MIN) {
    this.bytes = new Uint8Array(Math.max(capacity, CAPACITY_MIN));
  }

  /** Makes room for `extra` more bytes. */
  reserve(extra: number): void {
    const needed = this.length + extra;
    if (needed <= this.bytes.length) return;
    if (needed > CAPACITY_MAX) {
      throw new LispingError('LISPING_E_INTERNAL', 'a task holds more than 2 GiB in one buffer');
    }
    const grown = new Uint8Array(Math.min(CAPACITY_MAX, Math.max(needed, this.bytes.length * 2)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  writeByte(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  writeBytes(source: Uint8Array, start = 0, end: number = source.length): void {
    const size = end - start;
    this.reserve(size);
    if (size < 32) {
      for (let i = start; i < end; i++) this.bytes[this.length++] = source[i]!;
    } else {
      this.bytes.set(source.subarray(start, end), this.length);
      this.length += size;
    }
  }

  /** Text of which the caller knows that every unit is below 0x80. */
  writeAscii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.length = at;
  }

  /** Seven bits a byte, lowest first. */
  writeVarint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
