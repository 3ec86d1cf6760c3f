// Whole numbers whose bytes sort as the numbers do. A letter says sign and number of digits:
// a..p for 1..16 digits, and for negative numbers Y..J with every digit taken from 9.
//   -10 X89   -9 Y0   -1 Y8   0 a0   9 a9   10 b10
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { describe } from '../errors/describe.ts';
import { Refusal } from '../errors/refusal.ts';
import { WIRE, type BuiltInCodec, type Wire } from './codec.ts';
import { parseInteger, safeInteger } from './int.ts';

const BEFORE_A = 0x60;
const AFTER_Y = 0x5a;

function encodeSortable(value: unknown): string {
  const number = safeInteger(value);
  const digits = String(Math.abs(number));
  if (number >= 0) return String.fromCharCode(BEFORE_A + digits.length) + digits;
  return String.fromCharCode(AFTER_Y - digits.length) + complement(digits);
}

function decodeSortable(encoded: string): number {
  const negative = encoded.charCodeAt(0) < BEFORE_A;
  const digits = encoded.slice(1);
  const number = parseInteger(negative ? complement(digits) : digits);
  const value = negative ? 0 - number : number;
  if (encodeSortable(value) !== encoded) {
    throw new Refusal(
      `${describe(encoded)}, which is no sortable number`,
      undefined,
      'LISPING_E_CODEC',
    );
  }
  return value;
}

/** Every digit taken from 9, so that larger amounts sort first. */
function complement(digits: string): string {
  let result = '';
  for (let i = 0; i < digits.length; i++) result += String(9 - Number(digits[i]));
  return result;
}

const wire: Wire = {
  name: 'sortableInt',
  missing: 'empty',
  write(out, value) {
    out.writeAscii(encodeSortable(value));
  },
  read(bytes, start, end) {
    return decodeSortable(decodeUtf8(bytes, start, end));
  },
};

const SORTABLE_INT: BuiltInCodec<number> = {
  encode: (value) => encodeSortable(value),
  decode: (bytes) => decodeSortable(decodeUtf8(bytes)),
  [WIRE]: wire,
};

/**
 * The codec of whole numbers that sort by value: 9 before 10, negative ones first.
 *
 * @example
 * job({ sortValues: true, value: sortableInt(), map(line, emit) { emit('lengths', line.length); } });
 */
export function sortableInt(): BuiltInCodec<number> {
  return SORTABLE_INT;
}
