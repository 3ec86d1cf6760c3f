// Why a value is no JSON, and where in it: walked only when something was refused.
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { DEPTH_MAX, isJson, isPlainArray, isPlainObject } from './json-check.ts';

/** The refusal of a value that `isJson` does not accept. */
export function jsonRefusal(value: unknown): Refusal {
  let path = '';
  let inner = value;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const bad = badChild(inner);
    if (bad === null) {
      const what = whatIsWrong(inner);
      return new Refusal(path === '' ? what : `an object with ${what} at ${path}`, hintFor(inner));
    }
    path += Array.isArray(inner) ? `[${bad}]` : `${path === '' ? '' : '.'}${bad}`;
    inner = Reflect.get(Object(inner), bad); // a child exists only in an object
  }
  return new Refusal(
    `an object that contains itself, or is nested deeper than ${DEPTH_MAX} levels`,
    'Flatten it.',
  );
}

/** The first element or property that is no JSON; null when the value itself is what is wrong. */
function badChild(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!(Array.isArray(value) ? isPlainArray(value) : isPlainObject(value))) return null;
  return Object.keys(value).find((key) => !isJson(Reflect.get(value, key))) ?? null;
}

function whatIsWrong(value: unknown): string {
  if (Array.isArray(value)) return 'an array with holes, or with more than its elements';
  const what = describe(value);
  return what === 'an object' ? 'an object that is more than its properties' : what;
}

function hintFor(value: unknown): string {
  if (typeof value === 'bigint') return 'Use String(value).';
  if (value === undefined) return 'Leave the property out, or use null.';
  if (typeof value === 'number') return 'JSON has no such number; use null or a string.';
  if (value instanceof Map || value instanceof Set) return 'Use [...value].';
  if (Object.prototype.toString.call(value) === '[object Date]') return 'Use value.toISOString().';
  if (value instanceof Uint8Array) return 'Give the job value: bytes().';
  return 'Use a plain object: { ...value }.';
}
