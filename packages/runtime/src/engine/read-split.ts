// Feeds the bytes of one split to the job's parser, range by range: a file is never held whole, and a
// split reads beyond its end only until its last record is complete.
import {
  isLispingError,
  LispingError,
  type AnyJob,
  type FormatContext,
  type InputFile,
  type Split,
} from '@lisping/core';
import { inputFormatOf } from '@lisping/formats';
import type { InputPort, OpenInput } from '../input/input-port.ts';

const CHUNK_BYTES = 1024 * 1024;

export interface SplitReading {
  readonly job: AnyJob;
  readonly port: InputPort;
  readonly file: InputFile;
  readonly split: Split;
  readonly context: FormatContext;
}

/** Calls `record` for every record that the split owns, with the byte at which it begins. */
export function readSplit(
  { job, port, file, split, context }: SplitReading,
  record: (record: unknown, offset: number) => void,
): void {
  const { start, length } = split;
  const input = openPlanned(port, file);
  try {
    if (input.size !== file.size) throw changed(file);
    const open = { file: file.path, fileSize: file.size, start, length };
    const parser = inputFormatOf(job).open(open, record, context);
    const buffer = new Uint8Array(Math.min(CHUNK_BYTES, file.size - start));
    let at = start;
    while (at < file.size) {
      const got = input.read(buffer, at);
      if (got === 0) throw changed(file);
      at += got;
      if (!naming(file, at, () => parser.write(buffer.subarray(0, got)))) break;
    }
    naming(file, at, () => parser.end());
  } finally {
    input.close();
  }
}

/** A parser may fail before it has a record that could be named; then how far it was read must do. */
function naming<T>(file: InputFile, at: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const isNameless =
      isLispingError(error) && error.code === 'LISPING_E_RECORD' && error.record === undefined;
    if (!isNameless || error.message.includes(file.path)) throw error;
    const { message, hint, cause } = error;
    const said = `${message} (${file.path}, before byte ${at})`;
    throw new LispingError('LISPING_E_RECORD', said, { hint, cause });
  }
}

/** It was there when the splits were planned. */
function openPlanned(port: InputPort, file: InputFile): OpenInput {
  try {
    return port.open(file.path);
  } catch (error) {
    const isGone = isLispingError(error) && error.code === 'LISPING_E_INPUT_MISSING';
    throw isGone ? changed(file) : error;
  }
}

function changed(file: InputFile): LispingError {
  return new LispingError(
    'LISPING_E_INPUT_CHANGED',
    `the input ${file.path} changed while the job ran`,
  );
}
