// `--trace FILE` and `--report FILE` write over what is there. That is meant for those of an earlier
// run; anything else in their place, such as an input or a job, was surely named by mistake.
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LispingError } from '@lisping/core';
import { usageError } from '../flags/usage-error.ts';
import type { Values } from '../flags/values.ts';
import { REPORT_BEGINNING } from '../report/beginning.ts';

interface WatchedFiles {
  readonly trace: string | null;
  readonly report: string | null;
}

/** Both, checked; throws LISPING_E_FILE for a file that is an input, or something else. */
export function watchedFiles(values: Values): WatchedFiles {
  const inputs = values.paths('input');
  const trace = values.path('trace') ?? null;
  const report = values.path('report') ?? null;
  if (trace !== null) checkReplaceable('trace', trace, TRACE_BEGINNINGS, inputs);
  if (report !== null) checkReplaceable('report', report, [REPORT_BEGINNING], inputs);
  if (trace !== null && report !== null && resolve(trace) === resolve(report)) {
    throw usageError('--trace and --report name the same file', 'Give each a file of its own.');
  }
  return { trace, report };
}

/** Of a trace in lines, and of one for Perfetto. */
const TRACE_BEGINNINGS = ['{"at":', '{"traceEvents":['];

function checkReplaceable(
  what: 'trace' | 'report',
  path: string,
  beginnings: readonly string[],
  inputs: readonly string[],
): void {
  const size = sizeOfFile(path);
  if (size === null || size === 0) return;
  const real = realOrNull(path);
  if (!inputs.some((input) => realOrNull(input) === real) && beginsLike(path, beginnings)) return;
  throw new LispingError(
    'LISPING_E_FILE',
    `--${what} would write over ${path}, which is no ${what}`,
    { hint: 'Choose another file, or remove this one.' },
  );
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

function beginsLike(path: string, beginnings: readonly string[]): boolean {
  const buffer = Buffer.alloc(Math.max(...beginnings.map((text) => text.length)));
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
  return beginnings.some((text) => beginning.startsWith(text));
}
