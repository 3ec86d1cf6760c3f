// The public surface of the input formats.
export { bytes, type BytesFormat } from './bytes.ts';
export { csv } from './csv.ts';
export type { CsvDialect, CsvOptions } from './csv-options.ts';
export { createDecoder } from './decoder.ts';
export { inputFormatOf } from './input-format-of.ts';
export { jsonLines } from './json-lines.ts';
export { keyValue } from './key-value.ts';
export { lines } from './lines.ts';
export { NUMBERED_LINES } from './numbered-lines.ts';
export { createWholeLines } from './whole-lines.ts';
export { wholeFiles } from './whole-files.ts';
