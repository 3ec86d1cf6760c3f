// Words for values in error messages. It must survive anything that a user's program can hold.

/**
 * A short name for a value: `"abc"`, `NaN`, `a Date`, `undefined`.
 *
 * @example
 * describe(new Map()); // 'a Map'
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case 'bigint':
      return `the BigInt ${value}n`;
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    case 'object':
      return describeObject(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
  }
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  const name = constructorName(value);
  if (name === undefined || name === 'Object') return 'an object';
  return /^[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`;
}

function constructorName(value: object): string | undefined {
  try {
    const name: unknown = value.constructor.name;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined; // no prototype, or a proxy that throws
  }
}

/** A text for a record in an error: text raw, bytes decoded loosely, everything else as JSON. */
export function recordText(record: unknown): string {
  if (typeof record === 'string') return record;
  if (record instanceof Uint8Array) return asciiOf(record);
  try {
    return JSON.stringify(record) ?? describe(record);
  } catch {
    return describe(record);
  }
}

function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, 200)) {
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${hex(byte)}`;
  }
  return text;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
