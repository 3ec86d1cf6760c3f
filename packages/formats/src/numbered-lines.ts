// Lines that somebody else cut: `offset TAB line LF` each, as Hadoop gives them to a mapper that asks for
// keys. The offset is where the line begins in its file, which nobody can know who sees lines only.
import { type FormatContext, isValidUtf8, LispingError, type RecordParser } from '@lisping/core';
import { createWholeLines } from './whole-lines.ts';
import type { OnLine } from './text-lines.ts';

const TAB = 0x09;
const LF = 0x0a;
const ZERO = 0x30;
const REPLACEMENT = '\uFFFD';

/** What the lines taken are counted as: no counter of the job, but what a host compares with Hadoop's count. */
export const NUMBERED_LINES = 'lisping.numbered_lines';

/** Gives numbered lines as text; those with invalid UTF-8 are counted. */
export function createNumberedTextLines(
  file: string,
  onLine: OnLine,
  context: FormatContext,
): RecordParser {
  return createWholeLines((bytes, from, to) => {
    const text = context.decode(bytes, from, to);
    const isDamaged = text.includes(REPLACEMENT);
    let byteAt = from; // kept only where a line may be damaged
    let count = 0;
    for (let at = 0; at < text.length;) {
      const tab = text.indexOf('\t', at);
      const stop = text.indexOf('\n', at);
      if (tab < 0 || tab > stop) throw unnumbered(file, text.slice(at, stop));
      const line = text.slice(tab + 1, stop);
      if (isDamaged) {
        const byteStop = bytes.indexOf(LF, byteAt);
        if (line.includes(REPLACEMENT) && !isValidUtf8(bytes, byteAt, byteStop)) {
          context.count('lisping.invalid_utf8_lines', 1);
        }
        byteAt = byteStop + 1;
      }
      onLine(line, numberIn(text, at, tab, file));
      at = stop + 1;
      count++;
    }
    context.count(NUMBERED_LINES, count);
  });
}

/** Gives numbered lines as bytes of their own. */
export function createNumberedByteLines(
  file: string,
  onLine: (line: Uint8Array, offset: number) => void,
  context: FormatContext,
): RecordParser {
  return createWholeLines((bytes, from, to) => {
    let count = 0;
    for (let at = from; at < to;) {
      let offset = 0;
      let start = at;
      for (; bytes[start] !== TAB; start++) {
        const digit = bytes[start]! - ZERO;
        if (!(digit >= 0 && digit <= 9)) throw unnumbered(file, '');
        offset = offset * 10 + digit;
      }
      start++;
      let stop = start;
      while (bytes[stop] !== LF) stop++; // a block ends with one
      onLine(bytes.slice(start, stop), offset);
      at = stop + 1;
      count++;
    }
    context.count(NUMBERED_LINES, count);
  });
}

function numberIn(text: string, from: number, to: number, file: string): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) throw unnumbered(file, text.slice(from, to));
    number = number * 10 + digit;
  }
  return number;
}

function unnumbered(file: string, text: string): LispingError {
  return new LispingError(
    'LISPING_E_INTERNAL',
    `a line of ${file} came without its offset: ${text}`,
  );
}
