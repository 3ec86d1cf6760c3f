// The contract between the engine and an input format: bytes are pushed in, records come out. The
// formats themselves live in @lisping/formats; a job carries its own.
import type { Decoder } from '../bytes/utf8-decode.ts';

/** Where the bytes that a parser is fed come from. The first byte fed is the one at `start`. */
export interface OpenSplit {
  readonly file: string;
  readonly fileSize: number;
  readonly start: number;
  readonly length: number;
}

/** What a parser may use of its host. */
export interface FormatContext {
  decode: Decoder;
  /** Adds to one of the engine's own counters, such as `lisping.invalid_utf8_lines`. */
  count(counter: string, n: number): void;
}

/** Takes the bytes of one split and what follows it in the file. */
export interface RecordParser {
  /** Takes the next bytes; false: it has all that its split owns, and wants no more. Keeps no reference to the chunk. */
  write(chunk: Uint8Array): boolean;
  /** The file has ended, or the parser wanted no more. */
  end(): void;
}

/**
 * How a file becomes records. `emit` gets a record and the byte at which it begins in its file.
 *
 * @example
 * const format: InputFormat<string> = lines();
 */
export interface InputFormat<R> {
  readonly name: string;
  /** False when a record can only be found from the beginning of the file. */
  readonly splittable: boolean;
  open(
    split: OpenSplit,
    emit: (record: R, offset: number) => void,
    context: FormatContext,
  ): RecordParser;
  /**
   * Where records are lines, for a host that is given the lines of a split already cut: the parser then
   * takes `offset TAB line LF` for each, and what it does with a line is the same.
   */
  openNumbered?(
    file: string,
    emit: (record: R, offset: number) => void,
    context: FormatContext,
  ): RecordParser;
}
