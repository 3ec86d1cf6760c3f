// Raw bytes: as an input format, every line as it is; as a codec, keys and values as they are.
import { type BuiltInCodec, bytesCodec, type InputFormat, type OpenSplit } from '@lisping/core';
import { createLineBlocks, type LineBlock } from './line-blocks.ts';
import { createNumberedByteLines } from './numbered-lines.ts';

const LF = 0x0a;
const CR = 0x0d;

/** What `bytes()` is: good for `input`, `key`, `value` and `output`. */
export type BytesFormat = InputFormat<Uint8Array> & BuiltInCodec<Uint8Array>;

const BYTES: BytesFormat = {
  ...bytesCodec,
  name: 'bytes',
  splittable: true,
  open(split: OpenSplit, emit) {
    const end = split.start + split.length;
    return createLineBlocks(split.start, end, (block) => cutBlock(block, end, emit));
  },
  openNumbered: createNumberedByteLines,
};

function cutBlock(
  { bytes, from, to, base, firstOffset }: LineBlock,
  end: number,
  emit: (line: Uint8Array, offset: number) => void,
): boolean {
  let offset = firstOffset;
  for (let at = from; at < to;) {
    if (offset > end) return false;
    let stop = at;
    while (stop < to && bytes[stop] !== LF && bytes[stop] !== CR) stop++;
    emit(bytes.slice(at, stop), offset);
    const isCrLf = bytes[stop] === CR && stop + 1 < to && bytes[stop + 1] === LF;
    at = stop + (isCrLf ? 2 : 1);
    offset = base + at;
  }
  return true;
}

/**
 * As `input`: the lines of `lines()`, but as bytes, invalid UTF-8 included. As a codec: bytes that are
 * hashed and sorted as they are.
 *
 * @example
 * job({ input: bytes(), key: bytes(), map(line, emit) { emit(line.slice(0, 8), 1); } });
 */
export function bytes(): BytesFormat {
  return BYTES;
}
