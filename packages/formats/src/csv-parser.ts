// csv-parse's stream used as a synchronous function: write a chunk, then read until null. What it
// needs beside is an error that can be thrown, and the byte at which every record ends.
import { CsvError, Parser } from 'csv-parse';
import type { CheckedCsvOptions } from './csv-options.ts';

/** The fields of a record, and how many bytes were read up to its end. */
export interface CsvRow {
  readonly fields: string[];
  readonly end: number;
}

/** Rows come out of `onRow` while a chunk is written; a CSV error is thrown. */
export interface CsvRows {
  write(chunk: Uint8Array): void;
  end(): void;
}

/** What the parser gives under `info: true`; its own types know only the record. */
interface Parsed {
  readonly record: string[];
  readonly info: { readonly bytes: number };
}

/** What csv-parse says about malformed input; undefined for any other error. */
export function csvProblem(error: unknown): string | undefined {
  return error instanceof CsvError ? error.message : undefined;
}

/** A parser of rows. The chunks it is given must not change. */
export function createCsvRows(
  options: CheckedCsvOptions & { readonly bom: boolean },
  onRow: (row: CsvRow) => void,
): CsvRows {
  const parser = new Parser({
    bom: options.bom,
    delimiter: options.delimiter,
    info: true,
    quote: options.quote === false ? null : options.quote,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true, // counted by us, with the place in the error
  });
  parser.on('error', () => {}); // thrown below, at once and not in a later tick
  const drain = (): void => {
    for (;;) {
      const parsed = parser.read() as Parsed | null; // typed any
      if (parsed === null) break;
      onRow({ fields: parsed.record, end: parsed.info.bytes });
    }
    if (parser.errored !== null) throw parser.errored;
  };
  return {
    write(chunk) {
      parser.write(chunk);
      drain();
    },
    end() {
      parser.end();
      drain();
    },
  };
}
