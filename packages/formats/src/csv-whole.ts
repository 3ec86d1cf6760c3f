// CSV from the beginning of a file to its end; a record may hold line breaks.
import { type FormatContext, isValidUtf8, type OpenSplit, type RecordParser } from '@lisping/core';
import type { CheckedCsvOptions } from './csv-options.ts';
import { createCsvRows, csvProblem, type CsvRow } from './csv-parser.ts';
import { createShape, type EmitRecord, malformed } from './csv-record.ts';
import { RecentBytes } from './recent-bytes.ts';

const LF = 0x0a;
const CR = 0x0d;
const SHOWN = 200; // bytes of a malformed record that an error repeats

/** A parser for a whole file. */
export function openCsvFile(
  options: CheckedCsvOptions,
  split: OpenSplit,
  emit: EmitRecord,
  context: FormatContext,
): RecordParser {
  const recent = new RecentBytes(0);
  const shape = createShape(options, split.file);
  let begin = 0; // of the record that is being read
  const onRow = ({ fields, end }: CsvRow): void => {
    const offset = begin;
    begin = end;
    if (isBlank(fields, recent, offset)) return;
    const isDamaged = fields.some((field) => field.includes('\uFFFD'));
    if (isDamaged && !isValidUtf8(recent.between(offset, end), 0, end - offset)) {
      context.count('lisping.invalid_utf8_lines', 1);
    }
    const record = shape(fields, offset);
    if (record !== null) emit(record, offset);
  };
  const rows = createCsvRows({ ...options, bom: true }, onRow);
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (cause) {
      const problem = csvProblem(cause);
      if (problem === undefined) throw cause;
      const bytes = recent.between(begin, begin + SHOWN);
      throw malformed(problem, split.file, begin, context.decode(bytes, 0, bytes.length));
    }
  };
  return {
    write(chunk) {
      guarded(() => rows.write(recent.add(chunk)));
      recent.forget(begin);
      return true;
    },
    end: () => guarded(() => rows.end()),
  };
}

/** A line with nothing on it looks like one empty field, as `""` does. */
function isBlank(fields: readonly string[], recent: RecentBytes, offset: number): boolean {
  if (fields.length !== 1 || fields[0] !== '') return false;
  const [first] = recent.between(offset, offset + 1);
  return first === LF || first === CR;
}
