// Local files as Hadoop's FileInputFormat would see them.
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  LispingError,
  walkInputs,
  type InputAnswer,
  type InputEntry,
  type InputQuestion,
} from '@lisping/core';
import type { InputPort, OpenInput } from './input-port.ts';

/** The file system of this machine. */
export const localFiles: InputPort = {
  resolve: (paths) => walkInputs(paths, (path) => resolve(path), answer),
  open: openLocal,
};

function answer({ what, path, mayFail }: InputQuestion): InputAnswer {
  try {
    return guarded(path, () => (what === 'names' ? readdirSync(path) : entryAt(path)));
  } catch (error) {
    if (mayFail) return what === 'names' ? [] : null;
    throw error;
  }
}

function entryAt(path: string): InputEntry | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (stats.isDirectory()) return { kind: 'directory' };
  return stats.isFile() ? { kind: 'file', size: stats.size } : { kind: 'other' };
}

function openLocal(path: string): OpenInput {
  const fd = guarded(path, () => openSync(path, 'r'));
  return {
    size: guarded(path, () => fstatSync(fd).size),
    read: (buffer, position) =>
      guarded(path, () => readSync(fd, buffer, 0, buffer.length, position)),
    close: () => closeSync(fd),
  };
}

/** An error of the file system in our words, naming the input. */
function guarded<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${path}`, { cause: error });
    }
    throw new LispingError('LISPING_E_INPUT_READ', `the input ${path} cannot be read (${code})`, {
      cause: error,
    });
  }
}
