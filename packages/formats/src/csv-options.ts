// The options of `csv()`, checked when the job is loaded.
import { LispingError, nearestName } from '@lisping/core';

/** How CSV is written. */
export interface CsvDialect {
  /** Between fields; `,` when left out. */
  readonly delimiter?: string;
  /** Around fields that hold a delimiter or a line break; `"` when left out, false for none. */
  readonly quote?: string | false;
  /** False: no quoted field holds a line break, so that a file without a header may be split. */
  readonly quotedNewlines?: boolean;
}

/** `header: true`: the first record of each file names the columns. `columns`: their names, for files without. */
export interface CsvOptions extends CsvDialect {
  readonly header?: boolean;
  readonly columns?: readonly string[];
}

/** The options with their defaults. */
export interface CheckedCsvOptions {
  readonly delimiter: string;
  readonly quote: string | false;
  readonly quotedNewlines: boolean;
  readonly header: boolean;
  readonly columns: readonly string[] | null;
}

const NAMES = ['delimiter', 'quote', 'quotedNewlines', 'header', 'columns'];

/** Fills in defaults; throws LISPING_E_FORMAT for what makes no sense. */
export function checkCsvOptions(options: CsvOptions): CheckedCsvOptions {
  for (const name of Object.keys(options)) {
    if (NAMES.includes(name)) continue;
    const near = nearestName(name, NAMES);
    throw wrong(`has no option ${name}`, near === undefined ? undefined : `Did you mean ${near}?`);
  }
  const { delimiter = ',', quote = '"', header = false, columns = null } = options;
  const { quotedNewlines = quote !== false } = options;
  if (delimiter === '' || /[\r\n]/.test(delimiter))
    throw wrong('delimiter is empty or a line break');
  if (quote !== false && quote.length !== 1) throw wrong('quote must be one character, or false');
  if (quote === delimiter) throw wrong('quote and delimiter are the same');
  if (header && columns !== null) {
    throw wrong('has both header and columns', 'header: true reads the names from each file.');
  }
  if (columns !== null && new Set(columns).size < columns.length) {
    throw wrong('columns names a column twice');
  }
  return { delimiter, quote, quotedNewlines, header, columns };
}

function wrong(problem: string, hint?: string): LispingError {
  return new LispingError('LISPING_E_FORMAT', `csv: ${problem}`, { hint });
}
