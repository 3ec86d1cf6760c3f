// A file that appears under its name when it is whole. Written synchronously, so a slow disk or pipe
// slows the simulation down instead of filling the memory.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { LispingError } from '@lisping/core';

export interface WholeFile {
  write(text: string): void;
  finish(): void;
}

const BUFFER_CHARACTERS = 64 * 1024;

/** Where the file lies until it is whole; pipes and devices are written directly. */
function unfinishedPath(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile() ? `${path}.partial` : path;
}

/** Removes what an interrupted run left; what is no file was not left by one. */
export function discardUnfinished(path: string): void {
  const unfinished = unfinishedPath(path);
  if (unfinished === path) return;
  if (statSync(unfinished, { throwIfNoEntry: false })?.isDirectory() !== true) {
    rmSync(unfinished, { force: true });
  }
}

/** Opens it at once; `what` is how errors call it. Throws LISPING_E_FILE and LISPING_E_DISK_FULL. */
export function createWholeFile(path: string, what: 'trace' | 'report'): WholeFile {
  const naming = <T>(action: () => T): T => namingFile(`the ${what} ${path}`, action);
  const unfinished = unfinishedPath(path);
  const fd = naming(() => openSync(unfinished, 'w'));
  let waiting = '';
  const flush = (): void => {
    const bytes = Buffer.from(waiting);
    waiting = '';
    naming(() => writeAll(fd, bytes));
  };
  return {
    write(text) {
      waiting += text;
      if (waiting.length > BUFFER_CHARACTERS) flush();
    },
    finish() {
      flush();
      naming(() => {
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

/** What goes wrong with a file, in words: LISPING_E_FILE or LISPING_E_DISK_FULL. */
export function namingFile<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw code === 'ENOSPC' || code === 'EDQUOT'
      ? new LispingError('LISPING_E_DISK_FULL', `no space left to write ${file}`, { cause: error })
      : new LispingError('LISPING_E_FILE', `${file} cannot be written (${code})`, { cause: error });
  }
}
