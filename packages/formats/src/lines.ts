// The default format: every line is a record.
import type { InputFormat } from '@lisping/core';
import { lineFormat } from './line-format.ts';

const LINES: InputFormat<string> = lineFormat<string>('lines', (_file, emit) => ({ line: emit }));

/**
 * Every line is a record, without its end. LF, CR and CRLF end a line; a byte order mark at the
 * beginning of a file is dropped; invalid UTF-8 becomes U+FFFD and is counted.
 *
 * @example
 * job({ input: lines(), map(line, emit) { emit(line, 1); } });
 */
export function lines(): InputFormat<string> {
  return LINES;
}
