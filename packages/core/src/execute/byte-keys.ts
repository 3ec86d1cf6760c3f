// Encoded keys, numbered in order of their first appearance: one buffer, and a table of numbers with
// open addressing, so that a look-up needs neither a string nor an object.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { compareRanges } from '../bytes/compare.ts';
import { hashKey } from '../bytes/hash.ts';

const SLOTS_MIN = 256;
const EMPTY = -1;

/** A growing set of byte strings. */
export class ByteKeys {
  readonly arena: ByteWriter = new ByteWriter();
  readonly #ends: number[] = [];
  readonly #hashed: number[] = []; // numbers of the keys that are in the slots
  #slots: Int32Array = new Int32Array(SLOTS_MIN).fill(EMPTY);

  get count(): number {
    return this.#ends.length;
  }

  startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  endOf(number: number): number {
    return this.#ends[number]!;
  }

  /** Adds a key of which the caller knows that it is new; it cannot be found. */
  append(key: ByteWriter): number {
    this.arena.writeBytes(key.bytes, 0, key.length);
    return this.#ends.push(this.arena.length) - 1;
  }

  /** The number of a key, which is `count` from before the call when it is new. */
  findOrAppend(key: ByteWriter): number {
    const slot = this.#slotOf(key.bytes, 0, key.length);
    const found = this.#slots[slot]!;
    if (found !== EMPTY) return found;
    const number = this.append(key);
    this.#slots[slot] = number;
    this.#hashed.push(number);
    if (this.#hashed.length * 2 > this.#slots.length) this.#rehash();
    return number;
  }

  /** The slot that holds the key, or the empty one where it belongs. */
  #slotOf(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = Math.imul(hashKey(bytes, start, end), 0x9e3779b1) >>> 7; // spread: neighbours hash alike
    for (;;) {
      slot &= mask;
      const number = this.#slots[slot]!;
      if (number === EMPTY || this.#isKey(number, bytes, start, end)) return slot;
      slot++;
    }
  }

  #isKey(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.startOf(number);
    const to = this.endOf(number);
    if (to - from !== end - start) return false;
    return compareRanges(this.arena.bytes, from, to, bytes, start, end) === 0;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    for (const number of this.#hashed) {
      const slot = this.#slotOf(this.arena.bytes, this.startOf(number), this.endOf(number));
      this.#slots[slot] = number;
    }
  }
}
