// What JSON gives back unchanged, and nothing else: NaN, undefined inside, Date, Map and the rest
// would come back as something different. The one exception is -0, which is written as 0.

/** Deeper values are refused, and so are those that contain themselves. */
export const DEPTH_MAX = 2000;

/** True when `JSON.parse(JSON.stringify(value))` is the same value. */
export function isJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      if (depth === DEPTH_MAX) return false;
      return Array.isArray(value) ? isJsonArray(value, depth) : isJsonObject(value, depth);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      return false;
  }
}

/** True when an array has its elements and nothing else: no holes, no properties, no class. */
export function isPlainArray(array: readonly unknown[]): boolean {
  // A hole or a property beside the elements shows as a number of keys that is not the length.
  return Reflect.ownKeys(array).length === array.length + 1 && isArrayPrototype(prototypeOf(array));
}

/** True when an object has no class, and only properties that JSON carries. */
export function isPlainObject(object: object): boolean {
  if (Reflect.ownKeys(object).length !== Object.keys(object).length) return false;
  return isObjectPrototype(prototypeOf(object));
}

function isJsonArray(array: readonly unknown[], depth: number): boolean {
  if (!isPlainArray(array)) return false;
  for (let i = 0; i < array.length; i++) if (!isJson(array[i], depth + 1)) return false;
  return true;
}

function isJsonObject(object: object, depth: number): boolean {
  if (!isPlainObject(object)) return false;
  for (const key of Object.keys(object)) {
    if (!isJson(Reflect.get(object, key), depth + 1)) return false;
  }
  return true;
}

// A job may run in a realm of its own, whose prototypes are told by what they have.

function isObjectPrototype(prototype: object | null): boolean {
  if (prototype === Object.prototype) return true;
  if (prototype === null || !Object.hasOwn(prototype, 'isPrototypeOf')) return false;
  return prototypeOf(prototype) === null;
}

function isArrayPrototype(prototype: object | null): boolean {
  if (prototype === Array.prototype) return true;
  if (prototype === null || !Object.hasOwn(prototype, 'copyWithin')) return false;
  return isObjectPrototype(prototypeOf(prototype));
}

function prototypeOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null; // typed any
}
