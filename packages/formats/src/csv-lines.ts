// CSV whose records are lines, so that a split may begin anywhere: the lines a split owns are fed to one
// parser, and every record must end where its line does.
import { encodeUtf8 } from '@lisping/core';
import type { CheckedCsvOptions } from './csv-options.ts';
import { createCsvRows, csvProblem, type CsvRow } from './csv-parser.ts';
import { createShape, type EmitRecord, malformed } from './csv-record.ts';
import type { LineReader } from './line-format.ts';

/** A line that was fed; `end` is where it ends in what the parser was given. */
interface FedLine {
  readonly line: string;
  readonly offset: number;
  readonly end: number;
}

/** Reads the lines that one split owns. */
export function readCsvLines(
  options: CheckedCsvOptions,
  file: string,
  emit: EmitRecord,
): LineReader {
  const shape = createShape(options, file);
  const waiting: FedLine[] = []; // the parser looks a few bytes ahead, so that records come late
  let fed = 0;
  const onRow = ({ fields, end }: CsvRow): void => {
    const line = waiting.shift();
    if (line === undefined || line.end !== end) throw unclosed(file, line);
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
      throw malformed(problem, file, waiting[0]?.offset ?? 0, waiting[0]?.line ?? '');
    }
  };
  return {
    line(line, offset) {
      if (line === '') return;
      const bytes = encodeUtf8(`${line}\n`);
      fed += bytes.length;
      waiting.push({ line, offset, end: fed });
      guarded(() => rows.write(bytes));
    },
    end: () => guarded(() => rows.end()),
  };
}

function unclosed(file: string, line: FedLine | undefined): Error {
  return malformed('a quote is not closed in its line', file, line?.offset ?? 0, line?.line ?? '');
}
