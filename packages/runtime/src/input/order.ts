// The two orders in which Hadoop meets files. Equal splits are numbered in it.
import { resolve } from 'node:path';
import { compareBytes } from '@lisping/core';

const encoder = new TextEncoder();

/** Names in a directory, as HDFS lists them: by the bytes of their UTF-8. */
export function compareText(a: string, b: string): number {
  return compareBytes(encoder.encode(a), encoder.encode(b));
}

// What Java leaves alone in the path of a URI; it quotes the rest, blanks beyond ASCII included.
const QUOTED = /[^\w\-.!~*'():@&=+$,;/\u0080-\u{10ffff}]|[\u0080-\u009f\p{Z}]/gu;

/**
 * What a pattern matched: Java compares URIs there, so that `a b` (`a%20b`) comes after `a!b`, and
 * compares them by UTF-16 units, so that U+10000 comes before U+FF61.
 */
export function compareMatches(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => resolve(path).replaceAll(QUOTED, encodeURIComponent));
  return left! < right! ? -1 : left! > right! ? 1 : 0;
}
