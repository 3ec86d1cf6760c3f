// The two orders in which Hadoop meets files. Equal splits are numbered in it.
import { compareBytes } from '../../bytes/compare.ts';
import { encodeUtf8 } from '../../bytes/utf8-encode.ts';

/** Names in a directory, as HDFS lists them: by the bytes of their UTF-8. */
export function compareNames(a: string, b: string): number {
  return compareBytes(encodeUtf8(a), encodeUtf8(b));
}

// What Java leaves alone in the path of a URI; it quotes the rest, blanks beyond ASCII included.
const QUOTED = /[^\w\-.!~*'():@&=+$,;/\u0080-\u{10ffff}]|[\u0080-\u009f\p{Z}]/gu;

/**
 * What a pattern matched, as absolute paths: Java compares URIs there, so that `a b` (`a%20b`) comes after
 * `a!b`, and compares them by UTF-16 units, so that U+10000 comes before U+FF61.
 */
export function compareMatches(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.replaceAll(QUOTED, encodeURIComponent));
  return left! < right! ? -1 : left! > right! ? 1 : 0;
}
