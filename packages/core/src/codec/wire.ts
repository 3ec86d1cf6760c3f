// Missing values, and the way from a codec to the engine's view of it.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { Decoder } from '../bytes/utf8-decode.ts';
import { WIRE, type Codec, type Wire } from './codec.ts';
import { userWire } from './user-codec.ts';

const BACKSLASH = 0x5c;
const LETTER_N = 0x4e;

/** The engine's view of any codec. */
export function wireOf(codec: Codec<unknown>): Wire {
  if (WIRE in codec) return codec[WIRE] as Wire; // only built-in codecs carry this symbol
  return userWire(codec);
}

/**
 * The name of a codec: `text`, `int`, `sortableInt`, `json`, `bytes`, or `codec` for one of the user's.
 *
 * @example
 * codecName(job.key); // 'text'
 */
export function codecName(codec: Codec<unknown>): string {
  return wireOf(codec).name;
}

/** Writes a value or, for undefined, the mark of a missing one. */
export function writeValue(out: ByteWriter, wire: Wire, value: unknown): void {
  if (value !== undefined) {
    wire.write(out, value, 'value');
  } else if (wire.missing === 'marked') {
    out.writeByte(BACKSLASH); // \N, which no escaped text holds
    out.writeByte(LETTER_N);
  }
}

/** Reads what `writeValue` wrote. */
export function readValue(
  wire: Wire,
  bytes: Uint8Array,
  start: number,
  end: number,
  decode: Decoder,
): unknown {
  const missing =
    wire.missing === 'empty'
      ? start === end
      : end - start === 2 && bytes[start] === BACKSLASH && bytes[start + 1] === LETTER_N;
  return missing ? undefined : wire.read(bytes, start, end, 'value', decode);
}
