// CSV records. A quoted field may hold a line break, so that a file can only be read from its
// beginning, unless the job says that none does.
import type { InputFormat } from '@lisping/core';
import { readCsvLines } from './csv-lines.ts';
import { checkCsvOptions, type CsvDialect, type CsvOptions } from './csv-options.ts';
import type { CsvRecord } from './csv-record.ts';
import { openCsvFile } from './csv-whole.ts';
import { lineFormat } from './line-format.ts';

/**
 * CSV records: arrays of fields, or objects under `header: true` (the first record of each file names
 * the columns) or `columns` (for files without a header). Blank lines are left out; a record with
 * another number of fields than there are names fails the task with LISPING_E_RECORD.
 *
 * @example
 * job({ input: csv({ header: true }), map(row, emit) { emit(row['route'] ?? '', 1); } });
 */
export function csv(
  options: CsvDialect & { readonly header: true },
): InputFormat<Record<string, string>>;
export function csv<const C extends string>(
  options: CsvDialect & { readonly columns: readonly C[] },
): InputFormat<Record<C, string>>;
export function csv(options?: CsvDialect & { readonly header?: false }): InputFormat<string[]>;
export function csv(options: CsvOptions = {}): InputFormat<CsvRecord> {
  const checked = checkCsvOptions(options);
  if (!checked.quotedNewlines && !checked.header) {
    return lineFormat<CsvRecord>('csv', (file, emit) => readCsvLines(checked, file, emit));
  }
  return {
    name: 'csv',
    splittable: false,
    open: (split, emit, context) => openCsvFile(checked, split, emit, context),
  };
}
