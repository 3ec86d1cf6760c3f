/**
 * Keys and values as the oracle holds them: strings of one character per byte, which JavaScript's
 * `<` compares as unsigned bytes and a Map takes as keys. Slow, short, and nothing of the engine's.
 */
import type { AnyJob } from '@lisping/core';

type Codec = AnyJob['key'];

/** An encoded key or value. */
export interface Form {
  /** As it is hashed, sorted and compared. */
  readonly wire: string;
  /** As the codec gave it and takes it back; null for a missing value. */
  readonly plain: string | null;
}

/** Registered, because a job may carry another copy of the codec. */
const BUILT_IN = Symbol.for('lisping.wire');
const ESCAPED: ReadonlySet<string> = new Set(['text', 'bytes', 'codec']);
const LETTERS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** `text`, `json`, `int`, … or `codec` for one of the user's. */
function nameOf(codec: Codec): string {
  const view: unknown = Reflect.get(codec, BUILT_IN);
  if (typeof view !== 'object' || view === null) return 'codec';
  return String(Reflect.get(view, 'name'));
}

/** Encodes a key or a value; undefined is a missing value. Throws what the codec cannot take. */
export function formOf(codec: Codec, item: unknown, role: 'key' | 'value'): Form {
  const name = nameOf(codec);
  if (item === undefined) {
    if (role === 'key') throw new TypeError('a pair without a key');
    return { wire: ESCAPED.has(name) ? '\\N' : '', plain: null };
  }
  if (name === 'text' && typeof item !== 'string') throw new TypeError('no string');
  if (name === 'bytes' && !(item instanceof Uint8Array)) throw new TypeError('no bytes');
  const encoded = codec.encode(item);
  const plain = typeof encoded === 'string' ? byteString(encoded) : latin1(encoded);
  if (name === 'bytes' && role === 'key') {
    if (/[\t\n\r]/.test(plain)) throw new TypeError('a key with TAB, LF or CR');
    return { wire: plain, plain };
  }
  const wire = ESCAPED.has(name) ? plain.replace(/[\\\t\n\r]/g, (c) => LETTERS[c] ?? c) : plain;
  return { wire, plain };
}

/** What the codec makes of it again: always a new object, as after a journey. */
export function itemOf(codec: Codec, { plain }: Form): unknown {
  return plain === null ? undefined : codec.decode(Buffer.from(plain, 'latin1'));
}

/** A text as UTF-8, one character per byte. */
export function byteString(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('a lone surrogate');
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
