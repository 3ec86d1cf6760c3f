// CSV whose records are lines, so that a split may begin anywhere: the lines a split owns are fed to one
// parser, and every record must end where its line does.
import { encodeUtf8, type FormatContext, type OpenSplit, type RecordParser } from '@lisping/core';
import type { CheckedCsvOptions } from './csv-options.ts';
import { createCsvRows, csvProblem, type CsvRow } from './csv-parser.ts';
import { createShape, type EmitRecord, malformed } from './csv-record.ts';
import { createTextLines } from './text-lines.ts';

/** A line that was fed; `end` is where it ends in what the parser was given. */
interface FedLine {
  readonly line: string;
  readonly offset: number;
  readonly end: number;
}

/** A parser for one split. */
export function openCsvLines(
  options: CheckedCsvOptions,
  split: OpenSplit,
  emit: EmitRecord,
  context: FormatContext,
): RecordParser {
  const shape = createShape(options, split.file);
  const waiting: FedLine[] = []; // the parser looks a few bytes ahead, so that records come late
  let fed = 0;
  const onRow = ({ fields, end }: CsvRow): void => {
    const line = waiting.shift();
    if (line === undefined || line.end !== end) throw unclosed(split.file, line);
    const record = shape(fields, line.offset);
    if (record !== null) emit(record, line.offset);
  };
  const rows = createCsvRows({ ...options, bom: false }, onRow);
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (cause) {
      const problem = csvProblem(cause);
      if (problem === undefined) throw cause;
      throw malformed(problem, split.file, waiting[0]?.offset ?? 0, waiting[0]?.line ?? '');
    }
  };
  const onLine = (line: string, offset: number): void => {
    if (line === '') return;
    const bytes = encodeUtf8(`${line}\n`);
    fed += bytes.length;
    waiting.push({ line, offset, end: fed });
    guarded(() => rows.write(bytes));
  };
  const lines = createTextLines(split, onLine, context);
  return {
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end();
      guarded(() => rows.end());
    },
  };
}

function unclosed(file: string, line: FedLine | undefined): Error {
  return malformed('a quote is not closed in its line', file, line?.offset ?? 0, line?.line ?? '');
}
