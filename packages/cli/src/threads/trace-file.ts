// The file of --trace: one JSON object a line. Written synchronously, so a slow disk or pipe slows the
// simulation down instead of filling the memory. It appears under its name when it is whole.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { LispingError } from '@lisping/core';

interface TraceFile {
  write(event: object): void;
  finish(): void;
}

const BUFFER_CHARACTERS = 64 * 1024;

/** Where the trace lies until it is whole; pipes and devices are written directly. */
function unfinishedTrace(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile() ? `${path}.partial` : path;
}

/** Removes what an interrupted run left. */
export function discardTrace(path: string): void {
  const unfinished = unfinishedTrace(path);
  if (unfinished !== path) rmSync(unfinished, { force: true });
}

export function createTraceFile(path: string): TraceFile {
  const unfinished = unfinishedTrace(path);
  const fd = naming(path, () => openSync(unfinished, 'w'));
  let waiting = '';
  const flush = (): void => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    naming(path, () => writeAll(fd, bytes));
  };
  return {
    write(event) {
      waiting += `${JSON.stringify(event)}\n`;
      if (waiting.length > BUFFER_CHARACTERS) flush();
    },
    finish() {
      flush();
      naming(path, () => {
        closeSync(fd);
        if (unfinished !== path) renameSync(unfinished, path);
      });
    },
  };
}

const RETRY_MS = 2;

/** A pipe that does not block says EAGAIN when its reader is slow. */
function writeAll(fd: number, bytes: Uint8Array): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(clock, 0, 0, RETRY_MS);
    }
  }
}

function naming<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw code === 'ENOSPC' || code === 'EDQUOT'
      ? new LispingError('LISPING_E_DISK_FULL', `no space left to write the trace ${path}`, {
          cause: error,
        })
      : new LispingError('LISPING_E_FILE', `the trace ${path} cannot be written (${code})`, {
          cause: error,
        });
  }
}
