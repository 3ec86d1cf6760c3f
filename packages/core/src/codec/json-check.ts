// What JSON gives back unchanged, and nothing else: NaN, undefined inside, Date, Map and the rest
// would come back as something different, so they are refused with their place. The one exception
// is -0, which is written as 0.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';

const DEPTH_MAX = 2000;

/** Refuses a value that `JSON.parse(JSON.stringify(value))` would change. */
export function checkJson(value: unknown): void {
  check(value, '', 0);
}

function check(value: unknown, path: string, depth: number): void {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return;
    case 'number':
      if (Number.isFinite(value)) return;
      throw refusal(value, path);
    case 'object':
      if (value === null) return;
      if (depth === DEPTH_MAX) throw tooDeep();
      if (Array.isArray(value)) checkArray(value, path, depth);
      else checkObject(value, path, depth);
      return;
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw refusal(value, path);
  }
}

function checkArray(array: readonly unknown[], path: string, depth: number): void {
  // A hole or a property beside the elements shows as a number of keys that is not the length.
  if (Reflect.ownKeys(array).length !== array.length + 1 || !isPlain(array, Array.prototype)) {
    throw refusal(array, path, 'an array with holes, or with more than its elements');
  }
  for (let i = 0; i < array.length; i++) check(array[i], `${path}[${i}]`, depth + 1);
}

function checkObject(object: object, path: string, depth: number): void {
  if (!isPlain(object, Object.prototype)) throw refusal(object, path);
  for (const key of Reflect.ownKeys(object)) {
    const property = Object.getOwnPropertyDescriptor(object, key)!;
    if (typeof key === 'symbol' || property.enumerable !== true || !('value' in property)) {
      throw refusal(object, path, `an object whose property ${String(key)} JSON cannot carry`);
    }
    check(property.value, path === '' ? key : `${path}.${key}`, depth + 1);
  }
}

/** True without a class of its own; jobs may run in another realm, so prototypes are told by shape. */
function isPlain(value: object, own: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === own) return true;
  if (typeof prototype !== 'object' || prototype === null) return false;
  const parent: unknown = Object.getPrototypeOf(prototype);
  const marker = own === Array.prototype ? 'copyWithin' : 'isPrototypeOf';
  if (!Object.hasOwn(prototype, marker)) return false;
  return own === Array.prototype
    ? typeof parent === 'object' && parent !== null && Object.getPrototypeOf(parent) === null
    : parent === null;
}

function refusal(value: unknown, path: string, what: string = describe(value)): Refusal {
  const hint = hintFor(value);
  return new Refusal(path === '' ? what : `an object with ${what} at ${path}`, hint);
}

function hintFor(value: unknown): string | undefined {
  if (typeof value === 'bigint') return 'Use String(value).';
  if (value === undefined) return 'Leave the property out, or use null.';
  if (typeof value === 'number') return 'JSON has no such number; use null or a string.';
  if (value instanceof Map || value instanceof Set) return 'Use [...value].';
  if (Object.prototype.toString.call(value) === '[object Date]') return 'Use value.toISOString().';
  if (value instanceof Uint8Array) return 'Give the job value: bytes().';
  return 'Use a plain object: { ...value }.';
}

function tooDeep(): Refusal {
  return new Refusal(
    `an object that contains itself, or is nested deeper than ${DEPTH_MAX} levels`,
    'Flatten it.',
  );
}
