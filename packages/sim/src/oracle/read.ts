/**
 * The records of each map task. Files are parsed whole, from their first byte to their last, and a
 * record is then given to the task whose split owns it: a record that two splits both read, or
 * neither, shows as a wrong answer.
 */
import type { AnyJob, FormatContext, Split } from '@lisping/core';
import { inputFormatOf } from '@lisping/formats';
import type { InputBytes } from '../workload.ts';

/** A record with its place in its file. */
export interface OracleRecord {
  readonly record: unknown;
  readonly offset: number;
}

const FORMAT_CONTEXT: FormatContext = {
  decode: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)).toString('utf8'),
  count: () => {},
};

/** For each split, in the order of the splits, its records. */
export function readTasks(
  job: AnyJob,
  inputs: readonly InputBytes[],
  splits: readonly Split[],
): OracleRecord[][] {
  if (job.source !== null) {
    const records = typeof job.source === 'function' ? job.source() : job.source;
    return [Array.from(records, (record, offset) => ({ record, offset }))];
  }
  const tasks: OracleRecord[][] = splits.map(() => []);
  inputs.forEach((input, file) => {
    for (const read of readFile(job, input)) {
      const owner = splits.findIndex((split) => split.file === file && owns(split, read.offset));
      tasks[owner]?.push(read);
    }
  });
  return tasks;
}

/** Hadoop's rule: a split owns what begins behind its first byte, up to and with its end. */
function owns({ start, length }: Split, offset: number): boolean {
  return offset === 0 ? start === 0 : start < offset && offset <= start + length;
}

function readFile(job: AnyJob, { path, bytes }: InputBytes): OracleRecord[] {
  const records: OracleRecord[] = [];
  const parser = inputFormatOf(job).open(
    { file: path, fileSize: bytes.length, start: 0, length: bytes.length },
    (record, offset) => records.push({ record, offset }),
    FORMAT_CONTEXT,
  );
  parser.write(bytes);
  parser.end();
  return records;
}
