// `key TAB value`, as jobs print it.
import { type InputFormat, LispingError } from '@lisping/core';
import { lineFormat } from './line-format.ts';

/**
 * Pairs `[key, value]`, cut at the first separator; a line without one has the value `''`.
 *
 * @example
 * job({ input: keyValue(), map([word, count], emit) { emit(word, Number(count)); } });
 */
export function keyValue(
  options: { readonly separator?: string } = {},
): InputFormat<[key: string, value: string]> {
  const { separator = '\t' } = options;
  if (separator === '' || /[\r\n]/.test(separator)) {
    throw new LispingError('LISPING_E_FORMAT', 'keyValue: separator is empty or a line break');
  }
  return lineFormat('keyValue', (_file, emit) => ({
    line(line, offset) {
      const at = line.indexOf(separator);
      if (at < 0) emit([line, ''], offset);
      else emit([line.slice(0, at), line.slice(at + separator.length)], offset);
    },
  }));
}
