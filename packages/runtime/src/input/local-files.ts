// Local files as Hadoop's FileInputFormat would see them: names that start with `_` or `.` are hidden,
// a directory stands for the files in it, and a directory inside it is an error.
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, join, normalize, resolve } from 'node:path';
import { LispingError, type InputFile } from '@lisping/core';
import { expandGlob, isPattern } from './glob.ts';
import type { InputPort, OpenInput } from './input-port.ts';
import { compareText } from './order.ts';
import { splitPathList } from './path-list.ts';

/** The file system of this machine. */
export const localFiles: InputPort = {
  resolve: (paths) => paths.flatMap(splitPathList).flatMap(filesOf),
  open: openLocal,
};

function filesOf(given: string): InputFile[] {
  const path = tidy(given);
  return matchesOf(path).flatMap((match) => {
    const stats = statOf(match);
    return stats.isDirectory() ? filesInDirectory(match) : [regularFile(match, stats)];
  });
}

/** As Hadoop reads a path: `a//b`, `a/./b`, `c/../a/b` and `a/b/` are `a/b`, in a pattern too. */
function tidy(path: string): string {
  return normalize(path).replace(/(?<=.)\/$/s, '');
}

function matchesOf(path: string): string[] {
  if (!isPattern(path)) {
    if (exists(path)) return [visible(path)];
    throw new LispingError('LISPING_E_INPUT_MISSING', `no such input: ${path}`);
  }
  const matches = expandGlob(path).filter((match) => !isHidden(match));
  if (matches.length > 0) return matches;
  throw new LispingError('LISPING_E_INPUT_MISSING', `no input matches the pattern ${path}`);
}

function filesInDirectory(directory: string): InputFile[] {
  const names = guarded(directory, () => readdirSync(directory)).filter((name) => !isHidden(name));
  return names.sort(compareText).map((name) => {
    const path = join(directory, name);
    const stats = statOf(path);
    if (!stats.isDirectory()) return regularFile(path, stats);
    throw new LispingError(
      'LISPING_E_INPUT_IS_DIRECTORY',
      `the input directory ${directory} holds a directory: ${path}`,
    );
  });
}

// Hadoop picks a codec by these suffixes, in capitals too, and never reads the bytes as they lie.
const COMPRESSED = /\.(gz|bz2|deflate|lz4|snappy|zst)$/i;

function regularFile(path: string, stats: Stats): InputFile {
  if (COMPRESSED.test(path)) {
    throw new LispingError('LISPING_E_INPUT_COMPRESSED', `the input ${path} is compressed`);
  }
  if (stats.isFile()) return { path, size: stats.size };
  throw new LispingError('LISPING_E_FILE', `the input ${path} is no regular file`, {
    hint: 'Inputs are read by range; write what the pipe or device gives into a file first.',
  });
}

function visible(path: string): string {
  if (!isHidden(path)) return path;
  throw new LispingError('LISPING_E_INPUT_MISSING', `the input ${path} is hidden by its name`, {
    hint: 'As on Hadoop, names that start with _ or . are never input. Rename it.',
  });
}

function isHidden(path: string): boolean {
  const name = basename(resolve(path));
  return name.startsWith('_') || name.startsWith('.');
}

function exists(path: string): boolean {
  return guarded(path, () => statSync(path, { throwIfNoEntry: false })) !== undefined;
}

function statOf(path: string): Stats {
  return guarded(path, () => statSync(path));
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
