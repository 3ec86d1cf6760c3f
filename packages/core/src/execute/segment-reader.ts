// Reads the pairs of one segment from chunks that may be cut anywhere.
import { LispingError } from '../errors/lisping-error.ts';
import type { SegmentSource } from './segment.ts';

const HEADER_MAX = 10; // two varints

/** Stands on one pair: its key from keyStart to keyEnd of `bytes`, its value from there to valueEnd. */
export class SegmentReader {
  readonly number: number;
  bytes: Uint8Array = new Uint8Array(0);
  keyStart = 0;
  keyEnd = 0;
  valueEnd = 0;
  readonly #source: SegmentSource;
  #exhausted = false;

  constructor(source: SegmentSource, number: number) {
    this.#source = source;
    this.number = number;
  }

  /** Goes to the next pair; false at the end. What was read before is then no longer valid. */
  advance(): boolean {
    let at = this.valueEnd;
    if (this.bytes.length - at < HEADER_MAX) {
      this.#fill(at, HEADER_MAX);
      at = 0;
      if (this.bytes.length === 0) return false;
    }
    this.keyStart = at;
    const keyLength = this.#varint();
    const valueLength = this.#varint();
    const size = keyLength + valueLength;
    if (this.bytes.length - this.keyStart < size) {
      this.#fill(this.keyStart, size);
      this.keyStart = 0;
      if (this.bytes.length < size) throw damaged();
    }
    this.keyEnd = this.keyStart + keyLength;
    this.valueEnd = this.keyEnd + valueLength;
    return true;
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.keyStart++];
      if (byte === undefined) break;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw damaged();
  }

  /** Makes `bytes` begin at `from` and hold `size` bytes, or all that is left. */
  #fill(from: number, size: number): void {
    const pieces: Uint8Array[] = [this.bytes.slice(from)]; // a copy: its chunk ends with the next call
    let length = pieces[0]!.length;
    while (length < size && !this.#exhausted) {
      const chunk = this.#source.next();
      if (chunk === null) {
        this.#exhausted = true;
        break;
      }
      // Kept beyond the next call only when this record is not complete: then it is copied first.
      pieces.push(length + chunk.length < size ? chunk.slice() : chunk);
      length += chunk.length;
    }
    this.bytes = joined(pieces, length);
    this.valueEnd = 0;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const full = pieces.filter((piece) => piece.length > 0);
  if (full.length === 1) return full[0]!;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of full) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function damaged(): LispingError {
  return new LispingError('LISPING_E_INTERNAL', 'a segment ends in the middle of a pair');
}
