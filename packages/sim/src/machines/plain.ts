/**
 * Plain data: what machines may send, store and show. It is copied at every border, as a wire and a
 * disk do, so that two machines never share an object; and digested, for the keys of draws and for the
 * trace's hash.
 */
import { LispingError } from '@lisping/core';
import { mixKey, textKey } from '../draws.ts';

/** A copy that shares nothing with the original. */
export function copied<T>(value: T): T {
  return copy(value) as T; // a copy of plain data has its type
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value !== 'function' && typeof value !== 'symbol') return value;
    throw refused(`a ${typeof value}`);
  }
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Uint8Array) return value.slice();
  if (value instanceof Map)
    return new Map([...value].map(([key, held]) => [copy(key), copy(held)]));
  if (value instanceof Set) return new Set([...value].map(copy));
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(plain(value))) fields[name] = copy(field);
  return fields;
}

/** What it says as 32 bits. The order in which fields were made says nothing. */
export function digestOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return numberDigest(value);
    case 'string':
      return mixKey(2, textKey(value));
    case 'bigint':
      return mixKey(3, textKey(String(value)));
    case 'boolean':
      return value ? 4 : 5;
    case 'undefined':
      return 6;
    case 'object':
      return value === null ? 7 : objectDigest(value);
    case 'function':
    case 'symbol':
      throw refused(`a ${typeof value}`);
  }
}

const FLOAT = new Float64Array(1);
const HALVES = new Int32Array(FLOAT.buffer);

function numberDigest(value: number): number {
  if ((value | 0) === value) return mixKey(1, value | 0);
  FLOAT[0] = value;
  return mixKey(mixKey(8, HALVES[0] ?? 0), HALVES[1] ?? 0);
}

function objectDigest(value: object): number {
  if (Array.isArray(value)) return sequenceDigest(9, value);
  if (value instanceof Uint8Array) return sequenceDigest(10, value);
  if (value instanceof Map) return sequenceDigest(11, [...value].flat(1));
  if (value instanceof Set) return sequenceDigest(12, value);
  let sum = 13;
  for (const [name, field] of Object.entries(plain(value))) {
    sum = (sum + mixKey(textKey(name), digestOf(field))) | 0;
  }
  return sum;
}

function sequenceDigest(start: number, values: Iterable<unknown>): number {
  let digest = start;
  for (const value of values) digest = mixKey(digest, digestOf(value));
  return digest;
}

function plain(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value;
  throw refused(`an object of class ${value.constructor.name}`);
}

function refused(what: string): LispingError {
  return new LispingError(
    'LISPING_E_USAGE',
    `a machine sends, stores or shows ${what}, which no wire and no disk carries; use plain data`,
  );
}
