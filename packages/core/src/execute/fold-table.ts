// The accumulators of a fold, by key. This is the inner loop of a word count: an emit of a known key
// is one look-up and one addition, and allocates nothing. A key is encoded once, when it is new.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { encodeUtf8 } from '../bytes/utf8-encode.ts';
import type { FoldDefinition } from '../fold/fold.ts';
import type { Blame } from './blame.ts';
import { ByteKeys } from './byte-keys.ts';
import type { PairWriter } from './pair-writer.ts';
import type { Position } from './position.ts';

const KEY_BYTES = 160; // about what a key costs beside its own bytes, in maps and arrays
const GROWTH_BYTES = 64; // about what an accumulator that is an object may grow by one value
const SLICED_MIN = 13; // from this length on a cut string keeps all of what it was cut from in memory

/** Accumulators of one map task. */
export class FoldTable {
  /** About how many bytes keys and accumulators take. */
  heldBytes = 0;
  readonly #fold: FoldDefinition<unknown, unknown>;
  readonly #pairs: PairWriter;
  readonly #blame: Blame;
  readonly #position: Position;
  readonly #numbers = new Map<unknown, number>(); // of primitive keys, looked up as they are
  #keys = new ByteKeys(); // of all keys, encoded
  #accumulators: unknown[] = [];
  #partitions: number[] = [];
  #offsets: number[] = []; // of the record that brought the key, for errors at the end
  readonly #scratch = new ByteWriter();

  constructor(
    fold: FoldDefinition<unknown, unknown>,
    pairs: PairWriter,
    blame: Blame,
    position: Position,
  ) {
    this.#fold = fold;
    this.#pairs = pairs;
    this.#blame = blame;
    this.#position = position;
  }

  /** Takes in one pair. */
  add(key: unknown, value: unknown): void {
    const number = this.#numbers.get(key) ?? this.#numberOf(key);
    const normal = value === 0 ? 0 : value; // -0 becomes 0 before anything sees it
    try {
      const accumulator = this.#fold.add(this.#accumulators[number], normal);
      this.#accumulators[number] = accumulator;
      if (typeof accumulator === 'object') this.heldBytes += GROWTH_BYTES;
    } catch (cause) {
      throw this.#refused(cause);
    }
  }

  /** Writes one pair per key, blames the record that brought the key for what cannot be written, and holds nothing then. */
  drain(): void {
    const { arena } = this.#pairs.store;
    const { offset, text } = this.#position;
    let number = 0;
    this.#position.text = () =>
      decodeUtf8(this.#keys.arena.bytes, this.#keys.startOf(number), this.#keys.endOf(number));
    for (; number < this.#accumulators.length; number++) {
      this.#position.offset = this.#offsets[number]!;
      const start = arena.length;
      arena.writeBytes(
        this.#keys.arena.bytes,
        this.#keys.startOf(number),
        this.#keys.endOf(number),
      );
      this.#pairs.finish(start, this.#accumulators[number], this.#partitions[number]!);
    }
    Object.assign(this.#position, { offset, text }); // the task may go on
    this.#forget();
  }

  #forget(): void {
    this.#numbers.clear();
    this.#keys = new ByteKeys();
    this.#accumulators = [];
    this.#partitions = [];
    this.#offsets = [];
    this.heldBytes = 0;
  }

  /** The number of a key that is new, or is no primitive. */
  #numberOf(key: unknown): number {
    const scratch = this.#scratch;
    scratch.length = 0;
    this.#pairs.writeKey(scratch, key);
    const asIs = Object(key) !== key; // primitives that differ have bytes that differ: codecs round-trip
    const number = asIs ? this.#keys.append(scratch) : this.#keys.findOrAppend(scratch);
    if (asIs) this.#numbers.set(unsliced(key), number);
    if (number === this.#accumulators.length) this.#begin(key);
    return number;
  }

  #begin(key: unknown): void {
    const { bytes, length } = this.#scratch;
    this.#partitions.push(this.#pairs.partitionOf(key, bytes, 0, length));
    this.#offsets.push(this.#position.offset);
    this.heldBytes += length + KEY_BYTES;
    try {
      this.#accumulators.push(this.#fold.start());
    } catch (cause) {
      throw this.#refused(cause);
    }
  }

  #refused(cause: unknown): Error {
    return this.#blame.refusedOrThrew('value', 'LISPING_E_COMBINE_THREW', 'the fold', cause);
  }
}

/** A copy that does not keep the line, or the chunk, that the key was cut from. */
function unsliced(key: unknown): unknown {
  if (typeof key !== 'string' || key.length < SLICED_MIN) return key;
  const bytes = encodeUtf8(key);
  return decodeUtf8(bytes, 0, bytes.length);
}
