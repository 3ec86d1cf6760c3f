// A growing array of bytes: everything that leaves a task is written through one of these, so that
// no record costs an allocation of its own.
import { LispingError } from '../errors/lisping-error.ts';

const CAPACITY_MIN = 64;
const COPIED_BY_HAND_MAX = 32;
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
      throw new LispingError('LISPING_E_TASK_MEMORY', 'a task emitted more than 2 GiB');
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
    this.reserve(end - start);
    copyBytes(source, start, end, this.bytes, this.length);
    this.length += end - start;
  }

  /** Text of which the caller knows that every unit is below 0x80. */
  writeAscii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.length = at;
  }

  /** A copy of what was written. */
  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Copies a range; by hand when it is short, since a view of it would cost more. */
export function copyBytes(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): void {
  if (end - start >= COPIED_BY_HAND_MAX) {
    target.set(source.subarray(start, end), at);
    return;
  }
  for (let i = start, j = at; i < end; i++, j++) target[j] = source[i]!;
}
