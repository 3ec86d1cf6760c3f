// `--trace FILE` writes over what is there. That is meant for the trace of an earlier run; anything else
// in its place, such as an input or a job, was surely named by mistake.
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { LispingError } from '@lisping/core';

/** Gives `trace` back; throws LISPING_E_FILE for a file that is an input, or no trace. */
export function checkedTrace(trace: string | undefined, inputs: readonly string[]): string | null {
  if (trace === undefined) return null;
  const size = sizeOfFile(trace);
  if (size === null || size === 0) return trace;
  const real = realOrNull(trace);
  if (!inputs.some((input) => realOrNull(input) === real) && beginsLikeTrace(trace)) return trace;
  throw new LispingError('LISPING_E_FILE', `--trace would write over ${trace}, which is no trace`, {
    hint: 'Choose another file, or remove this one.',
  });
}

/** Null for what is not there, and for pipes and devices. */
function sizeOfFile(path: string): number | null {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.size : null;
  } catch {
    return null; // writing it will say why
  }
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Of a trace in lines, and of one for Perfetto. */
const BEGINNINGS = ['{"at":', '{"traceEvents":['];

function beginsLikeTrace(path: string): boolean {
  const buffer = Buffer.alloc(Math.max(...BEGINNINGS.map((text) => text.length)));
  try {
    const fd = openSync(path, 'r');
    try {
      readSync(fd, buffer, 0, buffer.length, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
  const beginning = buffer.toString('latin1');
  return BEGINNINGS.some((text) => beginning.startsWith(text));
}
