/**
 * Keyed randomness. A draw is a pure function of (seed, purpose, key), never of how many draws came
 * before it: take one fault or one message out of a run, and every other draw stays what it was.
 *
 * `alea` is seeded once per run and purpose and gives the key words; a draw is a 32-bit mix of them
 * with the key. Constructing a generator for every draw would cost more than an event may.
 */
import seedrandom from 'seedrandom';
import { mix32 } from '@lisping/core';

/** Mixes one more field into a key. The order of fields matters. */
export function mixKey(key: number, field: number): number {
  const h = Math.imul(key ^ field, 0x9e3779b1);
  return ((h ^ (h >>> 15)) + 0x7f4a7c15) | 0;
}

/** A 32-bit hash of a text, for names that become fields of a key. */
export function textKey(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix32(h);
}

type Words = readonly [number, number];

/** Those of the seed that was used last, by purpose: a search has one seed for a million runs. */
const lastWords = new Map<string, Words>();
let lastSeed: string | null = null;

function wordsOf(seed: string, purpose: string): Words {
  if (seed !== lastSeed) lastWords.clear();
  lastSeed = seed;
  let words = lastWords.get(purpose);
  if (words === undefined) {
    // Length before text: no two pairs of seed and purpose give the same key.
    const generator = seedrandom.alea(`${seed.length}:${seed}:${purpose}`);
    words = [generator.int32(), generator.int32()];
    lastWords.set(purpose, words);
  }
  return words;
}

/** The draws of one run for one purpose. */
export class Draws {
  private readonly first: number;
  private readonly second: number;

  constructor(seed: string, purpose: string) {
    const [first, second] = wordsOf(seed, purpose);
    this.first = first;
    this.second = second;
  }

  /** 32 random bits, as an unsigned integer. */
  bits(key: number): number {
    return mix32(mix32(key ^ this.first) ^ this.second) >>> 0;
  }

  /** An integer from 0 to `limit` - 1. */
  below(limit: number, key: number): number {
    return this.bits(key) % limit;
  }

  /** An integer from `least` to `most`, both possible. */
  between(least: number, most: number, key: number): number {
    return least + (this.bits(key) % (most - least + 1));
  }

  /** True with this probability, in thousandths. */
  perMille(rate: number, key: number): boolean {
    return rate > 0 && this.bits(key) % 1000 < rate;
  }
}
