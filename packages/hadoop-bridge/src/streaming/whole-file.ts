// A file that Hadoop cut at its LFs, put together again byte for byte. Hadoop leaves out two things: the
// LF of every piece, so that nobody sees whether the last one had one, and a byte order mark at the
// beginning. Offsets and the length of the file tell both.
import { LispingError, type RecordParser } from '@lisping/core';
import { createWholeLines } from '@lisping/formats';

const LF = 0x0a;
const TAB = 0x09;
const ZERO = 0x30;
const BUFFER_BYTES = 64 * 1024;
const LF_BYTES = Uint8Array.of(LF);
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

/** What is put together, and how many pieces it was made of. */
export interface WholeFile extends RecordParser {
  readonly pieces: () => number;
}

/**
 * Takes `offset TAB piece LF` for each piece and gives the bytes of the file to `parser`.
 *
 * Throws LISPING_E_INTERNAL when the pieces do not make up `length` bytes.
 */
export function createWholeFile(file: string, length: number, parser: RecordParser): WholeFile {
  const out = gathering(parser);
  let first: Uint8Array | null = null; // held until it is known whether a mark came before it
  let pieces = 0;

  const giveFirst = (held: Uint8Array, missing: number): void => {
    if (missing === MARK.length) out.give(MARK);
    else if (missing !== 0) throw torn(file, 0);
    out.give(held);
    first = null;
  };
  const take = (offset: number, piece: Uint8Array): void => {
    pieces++;
    if (pieces === 1) {
      if (offset !== 0) throw torn(file, offset);
      first = piece.slice();
      return;
    }
    if (first !== null) giveFirst(first, offset - first.length - 1);
    if (out.given() !== offset - 1) throw torn(file, offset);
    out.give(LF_BYTES);
    out.give(piece);
  };
  const lines = createWholeLines((bytes, from, to) => {
    for (let at = from; at < to;) {
      let offset = 0;
      for (; bytes[at] !== TAB; at++) {
        const digit = bytes[at]! - ZERO;
        if (!(digit >= 0 && digit <= 9)) throw torn(file, out.given());
        offset = offset * 10 + digit;
      }
      const stop = bytes.indexOf(LF, at);
      take(offset, bytes.subarray(at + 1, stop));
      at = stop + 1;
    }
  });

  return {
    pieces: () => pieces,
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end();
      if (pieces === 0) giveFirst(new Uint8Array(0), length);
      else {
        if (first !== null)
          giveFirst(first, length - first.length >= MARK.length ? MARK.length : 0);
        if (out.given() === length - 1) out.give(LF_BYTES);
        if (out.given() !== length) throw torn(file, out.given());
      }
      out.flush();
      parser.end();
    },
  };
}

/** Pieces may be short, and parsers like long chunks. */
function gathering(parser: RecordParser): {
  give(bytes: Uint8Array): void;
  given(): number;
  flush(): void;
} {
  const buffer = new Uint8Array(BUFFER_BYTES);
  let used = 0;
  let given = 0;
  const flush = (): void => {
    if (used > 0) parser.write(buffer.subarray(0, used));
    used = 0;
  };
  return {
    give(bytes) {
      given += bytes.length;
      if (used + bytes.length > BUFFER_BYTES) flush();
      if (bytes.length > BUFFER_BYTES) {
        parser.write(bytes);
      } else {
        buffer.set(bytes, used);
        used += bytes.length;
      }
    },
    given: () => given,
    flush,
  };
}

function torn(file: string, at: number): LispingError {
  return new LispingError(
    'LISPING_E_INTERNAL',
    `the pieces of ${file} do not fit together at byte ${at}`,
  );
}
