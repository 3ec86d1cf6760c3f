// From the fields of a row to the record a job sees.
import { LispingError } from '@lisping/core';
import type { CheckedCsvOptions } from './csv-options.ts';

/** What `csv()` gives: fields in order, or by name. */
export type CsvRecord = string[] | Record<string, string>;

/** Takes a record and the byte at which it begins in its file. */
export type EmitRecord = (record: CsvRecord, offset: number) => void;

/** Makes the job's record of a row; null for a header. */
export function createShape(
  { header, columns }: CheckedCsvOptions,
  file: string,
): (fields: string[], offset: number) => CsvRecord | null {
  let names = columns;
  const wrong = (problem: string, offset: number, fields: string[]): LispingError => {
    const record = { input: file, offset, text: fields.join() };
    return new LispingError('LISPING_E_RECORD', problem, { record });
  };
  return (fields, offset) => {
    if (names === null) {
      if (!header) return fields;
      if (new Set(fields).size < fields.length) {
        throw wrong('a header names a column twice', offset, fields);
      }
      names = fields;
      return null;
    }
    if (fields.length !== names.length) {
      const problem = `a record has ${fields.length} fields where ${names.length} are named`;
      throw wrong(problem, offset, fields);
    }
    return Object.fromEntries(names.map((name, i) => [name, fields[i]!]));
  };
}

/** An error about a record that is no CSV. */
export function malformed(
  problem: string,
  input: string,
  offset: number,
  text: string,
): LispingError {
  const record = { input, offset, text };
  return new LispingError('LISPING_E_RECORD', `a CSV record is malformed: ${problem}`, { record });
}
