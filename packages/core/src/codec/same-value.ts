// Deep equality, for the check that a user's codec loses nothing. Classes of the user's own compare
// by their enumerable properties.

/** True when a user would say that both are the same value; 0 and -0 are. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (ArrayBuffer.isView(a) || Array.isArray(a)) return sameEntries(a, b);
  if (isIterable(a) && isIterable(b)) return sameValue([...a], [...b]); // Map, Set
  return sameEntries(a, b) && sameValue(primitiveOf(a), primitiveOf(b));
}

function sameEntries(a: object, b: object): boolean {
  const left = Object.entries(a) as [string, unknown][]; // entries of an object are typed any
  const right = new Map(Object.entries(b) as [string, unknown][]);
  if (left.length !== right.size) return false;
  return left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** What Date, boxed numbers and the like hold beside properties. */
function primitiveOf(value: object): unknown {
  const primitive: unknown = value.valueOf();
  return typeof primitive === 'object' ? undefined : primitive;
}
