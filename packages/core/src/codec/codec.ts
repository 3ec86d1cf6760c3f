// What a codec is: to users a pair of functions, to the engine a way to write into its buffers.
//
// The encoded form of a key or a value holds no LF and no CR, and no TAB in a key, so that it travels
// through Hadoop Streaming as `key TAB value LF` without being touched. Hash and order are those of
// this form on every host.
import type { ByteWriter } from '../bytes/byte-writer.ts';
import type { Decoder } from '../bytes/utf8-decode.ts';

/**
 * How keys or values become bytes and come back. `decode(encode(x))` must give `x`.
 *
 * @example
 * const date: Codec<Date> = {
 *   encode: (value) => value.toISOString(),
 *   decode: (bytes) => new Date(String.fromCharCode(...bytes)),
 * };
 */
export interface Codec<T> {
  encode(value: T): Uint8Array | string;
  decode(bytes: Uint8Array): T;
}

/** Whether bytes are a key (sorted, hashed, ended by TAB) or a value. */
export type Role = 'key' | 'value';

/** The engine's view of a codec. */
export interface Wire {
  readonly name: string;
  /** How a missing value is written: as nothing, where no value is, or else as `\N`. */
  readonly missing: 'empty' | 'marked';
  /** Appends the encoded form; throws a Refusal and may leave half of it behind. */
  write(out: ByteWriter, value: unknown, role: Role): void;
  read(bytes: Uint8Array, start: number, end: number, role: Role, decode: Decoder): unknown;
}

/** Where a codec of ours keeps its engine view; by registry, since a job may carry another copy. */
export const WIRE: unique symbol = Symbol.for('lisping.wire') as never; // a registered symbol has no unique type

/** A codec that writes by itself. */
export interface BuiltInCodec<T> extends Codec<T> {
  readonly [WIRE]: Wire;
}
