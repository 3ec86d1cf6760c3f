// Standard output as a buffer that is written when it is full. `writeSync` waits for the reader, so that a
// child is never further ahead of Hadoop than a pipe and this buffer hold.
import { writeSync } from 'node:fs';
import { errorCode, pause } from './standard-input.ts';

const BUFFER_BYTES = 64 * 1024;
const COPIED_BY_HAND_MAX = 32; // a view of something shorter costs more than copying it

const PAIR_BY_HAND_MAX = 64;

/** The bytes behind a key and behind a pair. */
export interface PairEnds {
  readonly key: number;
  readonly pair: number;
}

/** Bytes on their way to a file descriptor. */
export class ByteOutput {
  readonly #fd: number;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  #used = 0;

  constructor(fd = 1) {
    this.#fd = fd;
  }

  writeByte(byte: number): void {
    if (this.#used === BUFFER_BYTES) this.flush();
    this.#buffer[this.#used++] = byte;
  }

  /** `start` to `middle`, a byte, `middle` to `end`, a byte: a pair and what ends its key and itself. */
  writePair(bytes: Uint8Array, start: number, middle: number, end: number, ends: PairEnds): void {
    if (end - start + 2 > PAIR_BY_HAND_MAX) {
      this.write(bytes, start, middle);
      this.writeByte(ends.key);
      this.write(bytes, middle, end);
      this.writeByte(ends.pair);
      return;
    }
    if (this.#used + PAIR_BY_HAND_MAX > BUFFER_BYTES) this.flush();
    const buffer = this.#buffer;
    let at = this.#used;
    for (let i = start; i < middle; i++) buffer[at++] = bytes[i]!;
    buffer[at++] = ends.key;
    for (let i = middle; i < end; i++) buffer[at++] = bytes[i]!;
    buffer[at++] = ends.pair;
    this.#used = at;
  }

  write(bytes: Uint8Array, start = 0, end: number = bytes.length): void {
    const size = end - start;
    if (this.#used + size > BUFFER_BYTES) this.flush();
    if (size > BUFFER_BYTES) {
      writeFully(this.#fd, bytes.subarray(start, end));
    } else if (size > COPIED_BY_HAND_MAX) {
      this.#buffer.set(bytes.subarray(start, end), this.#used);
      this.#used += size;
    } else {
      const buffer = this.#buffer;
      let at = this.#used;
      for (let i = start; i < end; i++) buffer[at++] = bytes[i]!;
      this.#used = at;
    }
  }

  flush(): void {
    if (this.#used > 0) writeFully(this.#fd, this.#buffer.subarray(0, this.#used));
    this.#used = 0;
  }
}

/** Writes everything, however often the pipe takes only a part. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error;
      pause();
    }
  }
}
