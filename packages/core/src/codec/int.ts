// Whole numbers as decimal text, which sorts as text does on Hadoop: 10 before 9.
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { WIRE, type BuiltInCodec, type Wire } from './codec.ts';

/** The number itself, if it is one that integers codecs take; -0 becomes 0. */
export function safeInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value + 0;
  throw new Refusal(
    `${describe(value)}, which is not a whole number between -(2^53 - 1) and 2^53 - 1`,
    'Round it, or use json() or text().',
  );
}

/** The number that decimal digits say; refuses anything else. */
export function parseInteger(digits: string): number {
  const value = Number(digits);
  if (Number.isSafeInteger(value) && String(value) === digits) return value;
  throw new Refusal(`${describe(digits)}, which is no number`, undefined, 'LISPING_E_CODEC');
}

const wire: Wire = {
  name: 'int',
  missing: 'empty',
  write(out, value) {
    out.writeAscii(String(safeInteger(value)));
  },
  read(bytes, start, end) {
    return parseInteger(decodeUtf8(bytes, start, end));
  },
};

const INT: BuiltInCodec<number> = {
  encode: (value) => String(safeInteger(value)),
  decode: (bytes) => parseInteger(decodeUtf8(bytes)),
  [WIRE]: wire,
};

/**
 * The codec of whole numbers as decimal text. Sorts as text: 10 before 9.
 *
 * @example
 * job({ key: int(), map(line, emit) { emit(line.length, 1); } });
 */
export function int(): BuiltInCodec<number> {
  return INT;
}
