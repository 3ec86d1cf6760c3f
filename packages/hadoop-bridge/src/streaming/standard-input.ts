// Standard input as a synchronous stream of bytes: a child asks for more when it has worked off what it
// had, and the pipe holds back whoever fills it.
import { readSync } from 'node:fs';

const CHUNK_BYTES = 256 * 1024;
const WAIT_MS = 2;

/** Gives chunks that stay unchanged until the next call; null at the end. */
export interface ByteStream {
  next(): Uint8Array | null;
}

/**
 * The bytes of a file descriptor, standard input when left out.
 *
 * @example
 * for (let chunk = input.next(); chunk !== null; chunk = input.next()) parser.write(chunk);
 */
export function readStream(fd = 0): ByteStream {
  const buffer = new Uint8Array(CHUNK_BYTES);
  return {
    next() {
      const got = readWaiting(fd, buffer);
      return got === 0 ? null : buffer.subarray(0, got);
    },
  };
}

function readWaiting(fd: number, buffer: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, buffer);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EOF') return 0; // Windows says the end so
      if (code !== 'EAGAIN') throw error;
      pause(); // whoever started us made the pipe non-blocking
    }
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Waits a moment without giving up the thread. */
export function pause(): void {
  Atomics.wait(sleeper, 0, 0, WAIT_MS);
}

/** Node's code of an error, such as EAGAIN. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
