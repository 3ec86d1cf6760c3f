/**
 * The same pairs in other bytes. In what order a map's values come, and how far they are combined, is
 * nobody's promise, so that attempts at one map may differ in it; the answer of a job stays the same.
 */
import { checksum } from '@lisping/core';
import type { AnyJob, Segment } from '@lisping/core';

/** The job without its combiner: every value comes to the reduce by itself, as an accumulator where there is a fold. */
export function uncombined(job: AnyJob): AnyJob {
  const { combine, map } = job;
  if (combine.kind !== 'fold') return { ...job, combine: { kind: 'none' } };
  const { fold } = combine;
  return {
    ...job,
    combine: { kind: 'none' },
    map: (record, emit, context) =>
      map(record, (key, value) => emit(key, fold.add(fold.start(), value)), context),
  };
}

interface Pair {
  readonly start: number;
  readonly key: number;
  readonly keyEnd: number;
  readonly end: number;
}

/** The segment with the pairs of each key in the opposite order. */
export function reversed(segment: Segment): Segment {
  const { bytes, records } = segment;
  const pairs = pairsOf(bytes);
  const turned = new Uint8Array(bytes.length);
  let at = 0;
  for (let from = 0; from < pairs.length;) {
    let to = from + 1;
    while (to < pairs.length && sameKey(bytes, pairs[from], pairs[to])) to++;
    for (let i = to - 1; i >= from; i--) {
      const pair = pairs[i];
      if (pair === undefined) continue;
      turned.set(bytes.subarray(pair.start, pair.end), at);
      at += pair.end - pair.start;
    }
    from = to;
  }
  return { bytes: turned, records, checksum: checksum(turned) };
}

function pairsOf(bytes: Uint8Array): Pair[] {
  const pairs: Pair[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const keyLength = varint();
    const valueLength = varint();
    const key = at;
    at += keyLength + valueLength;
    pairs.push({ start, key, keyEnd: key + keyLength, end: at });
  }
  return pairs;
}

function sameKey(bytes: Uint8Array, a: Pair | undefined, b: Pair | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const length = a.keyEnd - a.key;
  if (length !== b.keyEnd - b.key) return false;
  for (let i = 0; i < length; i++) if (bytes[a.key + i] !== bytes[b.key + i]) return false;
  return true;
}
