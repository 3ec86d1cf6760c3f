// For a job with `final`: what it emits as output, kept as values beside the printed parts, because
// what people read cannot be read back ("3" and 3 look the same). Kept on disk, as the parts are.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { isLispingError, LispingError, type AnyJob, type Result } from '@lisping/core';
import type { OutputPlan } from '../output/output-plan.ts';
import { writeFully } from '../output/part-file.ts';
import { writing } from '../output/write-errors.ts';

/** Listens to the output of the tasks that make parts. */
export interface Capture {
  /** The same job; what it emits as output is kept as well. */
  readonly job: AnyJob;
  /** An attempt at this task begins; what an earlier attempt left does not count. */
  begin(task: number): void;
  end(): void;
  /** Hands everything to the job's `final`, in order of the tasks. */
  finish(tasks: number): void;
}

type Emit = (key: unknown, value?: unknown) => void;

/** Listens only when the job has a `final`; else does nothing at no cost. */
export function captureResults(job: AnyJob, reduces: number, plan: OutputPlan): Capture {
  if (job.final === null) return silent(job);
  const { final } = job;
  let file: { readonly fd: number; waiting: Uint8Array[]; bytes: number } | null = null;
  const pathOf = (task: number): string => join(plan.workspace, `results-${task}`);

  const flush = (): void => {
    if (file === null) return;
    writeFully(file.fd, Buffer.concat(file.waiting), plan.shown);
    file.waiting = [];
    file.bytes = 0;
  };
  const end = (): void => {
    if (file !== null) closeSync(file.fd);
    file = null;
  };
  const heard =
    (emit: Emit): Emit =>
    (key, value) => {
      emit(key, value);
      if (file === null) return;
      const record = framed([key, value]);
      file.waiting.push(record);
      file.bytes += record.length;
      if (file.bytes > BUFFER_BYTES) flush();
    };
  return {
    job: listening(job, reduces, heard),
    begin(task) {
      end();
      const fd = writing(plan.shown, () => openSync(pathOf(task), 'w'));
      file = { fd, waiting: [], bytes: 0 };
    },
    end() {
      flush();
      end();
    },
    finish: (tasks) => callFinal(final, tasks, pathOf),
  };
}

const BUFFER_BYTES = 256 * 1024;
const LENGTH_BYTES = 4;

function silent(job: AnyJob): Capture {
  return { job, begin: () => undefined, end: () => undefined, finish: () => undefined };
}

/** The function whose emits become output: `reduce`, or `map` when there are no reduces. */
function listening(job: AnyJob, reduces: number, heard: (emit: Emit) => Emit): AnyJob {
  const { map, reduce } = job;
  if (reduces === 0 || reduce === null) {
    return { ...job, map: (record, emit, context) => map(record, heard(emit), context) };
  }
  return {
    ...job,
    reduce: (key, values, emit, context) => reduce(key, values, heard(emit), context),
  };
}

function framed(result: Result): Buffer {
  const body = serialize(result);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

function callFinal(
  final: NonNullable<AnyJob['final']>,
  tasks: number,
  pathOf: (task: number) => string,
): void {
  try {
    final(readResults(tasks, pathOf));
  } catch (cause) {
    if (isLispingError(cause)) throw cause;
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new LispingError('LISPING_E_SOURCE_THREW', `final threw ${said}`, { cause });
  }
}

/** One task's results in memory at a time. */
function* readResults(tasks: number, pathOf: (task: number) => string): Generator<Result> {
  for (let task = 0; task < tasks; task++) {
    const bytes = readFileSync(pathOf(task));
    for (let at = 0; at < bytes.length;) {
      const start = at + LENGTH_BYTES;
      at = start + bytes.readUInt32LE(at);
      // The cast: `framed` wrote a pair.
      yield deserialize(bytes.subarray(start, at)) as Result;
    }
  }
}
