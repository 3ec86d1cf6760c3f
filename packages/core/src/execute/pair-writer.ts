// Encodes emitted pairs into a record store, and says which record is to blame when one cannot be.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { Wire } from '../codec/codec.ts';
import { wireOf, writeValue } from '../codec/wire.ts';
import { Refusal } from '../errors/refusal.ts';
import type { AnyJob } from '../job/any-job.ts';
import type { Blame } from './blame.ts';
import { createPartitioner, type Partitioner } from './partitioner.ts';
import { RecordStore } from './record-store.ts';

const TAB = 0x09;

/** Writes the pairs of one task. */
export class PairWriter {
  readonly store: RecordStore = new RecordStore();
  readonly keyWire: Wire;
  readonly #valueWire: Wire;
  readonly #partitionOf: Partitioner;
  readonly #sortValues: boolean;
  readonly #blame: Blame;

  constructor(job: AnyJob, reduces: number, blame: Blame) {
    this.keyWire = wireOf(job.key);
    this.#valueWire = wireOf(job.value);
    this.#partitionOf = createPartitioner(job, reduces, blame);
    this.#sortValues = job.sortValues;
    this.#blame = blame;
  }

  /** Encodes, places and keeps one pair. */
  write(key: unknown, value: unknown): void {
    const { arena } = this.store;
    const start = arena.length;
    this.writeKey(arena, key);
    this.finish(start, value, this.partitionOf(key, arena.bytes, start, arena.length));
  }

  /** Appends an encoded key to a buffer. */
  writeKey(out: ByteWriter, key: unknown): void {
    try {
      if (key === undefined) throw new Refusal('undefined', 'Every pair needs a key.');
      this.keyWire.write(out, key, 'key');
    } catch (cause) {
      throw this.#blame.refused('key', cause);
    }
  }

  partitionOf(key: unknown, bytes: Uint8Array, start: number, end: number): number {
    return this.#partitionOf(key, bytes, start, end);
  }

  /** Completes the pair whose encoded key was written to the arena, from `start` on. */
  finish(start: number, value: unknown, partition: number): void {
    const { arena } = this.store;
    if (this.#sortValues) arena.writeByte(TAB);
    const middle = arena.length;
    try {
      writeValue(arena, this.#valueWire, value);
    } catch (cause) {
      throw this.#blame.refused('value', cause);
    }
    this.store.commit(start, this.#sortValues ? arena.length : middle, partition);
  }
}
