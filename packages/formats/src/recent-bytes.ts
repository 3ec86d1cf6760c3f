// The bytes of a stream that may still be asked for, found by their position in the file.

/** Chunks are added at the end and forgotten from the beginning. */
export class RecentBytes {
  readonly #chunks: Uint8Array[] = [];
  #start: number; // position of the first chunk

  constructor(start: number) {
    this.#start = start;
  }

  /** Keeps a copy of a chunk and gives it back. */
  add(chunk: Uint8Array): Uint8Array {
    const copy = chunk.slice();
    this.#chunks.push(copy);
    return copy;
  }

  /** Forgets the chunks that end at or before a position. */
  forget(position: number): void {
    for (let chunk = this.#chunks[0]; chunk !== undefined; chunk = this.#chunks[0]) {
      if (this.#start + chunk.length > position) break;
      this.#start += chunk.length;
      this.#chunks.shift();
    }
  }

  /** The bytes from one position to another, as far as they are known. */
  between(from: number, to: number): Uint8Array {
    const pieces: number[] = [];
    let at = this.#start;
    for (const chunk of this.#chunks) {
      const first = Math.max(0, from - at);
      const last = Math.min(chunk.length, to - at);
      for (let i = first; i < last; i++) pieces.push(chunk[i]!);
      at += chunk.length;
    }
    return Uint8Array.from(pieces);
  }
}
