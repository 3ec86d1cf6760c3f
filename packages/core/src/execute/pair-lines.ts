// Pairs as Hadoop Streaming carries them: `key TAB value LF`, and before them a token and its TAB where
// the job places its keys itself. No encoded key, value or token holds a byte that would break this.
import { copyBytes } from '../bytes/byte-writer.ts';
import { putVarint } from '../bytes/varint.ts';
import { LispingError } from '../errors/lisping-error.ts';

const TAB = 0x09;
const LF = 0x0a;
const HEADER_MAX = 10; // two varints
const LENGTHENING = 1.1; // below 128 bytes two varints are as long as the TAB and LF that they replace

/** Turns lines back into the pairs of a segment. */
export class PairLines {
  /** Lines that were read. */
  count = 0;
  readonly #hasTokens: boolean;
  #pairs: Uint8Array = new Uint8Array(0);
  #length = 0;

  constructor(hasTokens: boolean) {
    this.#hasTokens = hasTokens;
  }

  /** The pairs of the lines that were added since the last call; valid until lines are added again. */
  take(): Uint8Array {
    const taken = this.#pairs.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  /** Adds the whole lines from `from` to `to`. */
  add(bytes: Uint8Array, from: number, to: number): void {
    const pairs = this.#room(Math.ceil((to - from) * LENGTHENING) + HEADER_MAX);
    let length = this.#length;
    for (let at = from; at < to;) {
      if (this.#hasTokens) at = bytes.indexOf(TAB, at) + 1;
      let middle = -1; // of several TABs the last ends the key: under `sortValues` the others belong to it
      let stop = at;
      for (let byte = bytes[stop]; byte !== LF; byte = bytes[++stop])
        if (byte === TAB) middle = stop;
      if (middle < 0 || stop >= to) throw noPair(this.count);
      length = putVarint(pairs, length, middle - at);
      length = putVarint(pairs, length, stop - middle - 1);
      copyBytes(bytes, at, middle, pairs, length);
      length += middle - at;
      copyBytes(bytes, middle + 1, stop, pairs, length);
      length += stop - middle - 1;
      at = stop + 1;
      this.count++;
    }
    this.#length = length;
  }

  #room(more: number): Uint8Array {
    const needed = this.#length + more;
    if (this.#pairs.length < needed) {
      const grown = new Uint8Array(needed);
      grown.set(this.#pairs.subarray(0, this.#length));
      this.#pairs = grown;
    }
    return this.#pairs;
  }
}

function noPair(line: number): LispingError {
  return new LispingError('LISPING_E_INTERNAL', `line ${line} of the sorted pairs is no pair`);
}
