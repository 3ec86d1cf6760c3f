// Lines as text. A whole block is decoded at once and cut as text, which is several times faster than
// decoding line by line: no byte of a longer character is CR or LF, so the lines are the same.
import { type FormatContext, isValidUtf8, type OpenSplit, type RecordParser } from '@lisping/core';
import { createLineBlocks, type LineBlock } from './line-blocks.ts';

const REPLACEMENT = '\uFFFD';

/** Takes a line without its end, and the byte at which it begins in the file. */
export type OnLine = (line: string, offset: number) => void;

/** A parser that gives the lines of a split; lines with invalid UTF-8 are counted. */
export function createTextLines(
  split: OpenSplit,
  onLine: OnLine,
  context: FormatContext,
): RecordParser {
  const end = split.start + split.length;
  return createLineBlocks(split.start, end, (block) => cutBlock(block, end, onLine, context));
}

function cutBlock(block: LineBlock, end: number, onLine: OnLine, context: FormatContext): boolean {
  const { bytes, from, to, base } = block;
  const text = context.decode(bytes, from, to);
  const isByteForUnit = text.length === to - from;
  const isDamaged = text.includes(REPLACEMENT);
  let nextLf = find(text, '\n', 0);
  let nextCr = find(text, '\r', 0);
  let byteAt = from;
  let offset = block.firstOffset;
  for (let at = 0; at < text.length;) {
    if (offset > end) return false;
    const stop = Math.min(nextLf, nextCr, text.length);
    const isCrLf = nextLf === nextCr + 1 && stop === nextCr;
    const next = stop === text.length ? stop : stop + (isCrLf ? 2 : 1);
    const line = text.slice(at, stop);
    const byteStop = isByteForUnit ? byteAt + stop - at : byteEnd(block, byteAt, text[stop]);
    if (isDamaged && line.includes(REPLACEMENT) && !isValidUtf8(bytes, byteAt, byteStop)) {
      context.count('lisping.invalid_utf8_lines', 1);
    }
    onLine(line, offset);
    if (nextLf < next) nextLf = find(text, '\n', next);
    if (nextCr < next) nextCr = find(text, '\r', next);
    byteAt = byteStop + next - stop;
    at = next;
    offset = base + byteAt;
  }
  return true;
}

function find(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from);
  return at < 0 ? Infinity : at;
}

/** Where a line ends in the bytes, given the character that ends it. */
function byteEnd(block: LineBlock, from: number, ender: string | undefined): number {
  if (ender === undefined) return block.to;
  return block.bytes.indexOf(ender.charCodeAt(0), from);
}
