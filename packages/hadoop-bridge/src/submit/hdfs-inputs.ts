// The same walk over input paths as on a local disk, with HDFS answering.
import {
  inputWalk,
  isLispingError,
  LispingError,
  type InputAnswer,
  type InputEntry,
  type InputFile,
  type InputQuestion,
} from '@lisping/core';
import type { FileStatus, Hdfs } from '../hdfs/hdfs.ts';

/**
 * The files that absolute paths and patterns of HDFS mean, in Hadoop's order.
 *
 * Throws what the walk throws, and what HDFS does.
 */
export async function hdfsInputs(hdfs: Hdfs, paths: readonly string[]): Promise<InputFile[]> {
  const walk = inputWalk(paths, (path) => path);
  const known = new Map<string, FileStatus>(); // a list of a directory tells what its files are
  try {
    let step = walk.next(null);
    while (step.done !== true) step = walk.next(await answer(hdfs, known, step.value));
    return step.value;
  } catch (error) {
    throw isLispingError(error) && error.code === 'LISPING_E_INPUT_MISSING' ? onHdfs(error) : error;
  }
}

/** What is missing is missing in the world outside, not on this machine. */
function onHdfs(error: LispingError): LispingError {
  const { message, hint } = error;
  return new LispingError('LISPING_E_HDFS_MISSING', `${message} in HDFS`, { hint, cause: error });
}

async function answer(
  hdfs: Hdfs,
  known: Map<string, FileStatus>,
  { what, path, mayFail }: InputQuestion,
): Promise<InputAnswer> {
  try {
    return what === 'names'
      ? await namesIn(hdfs, known, path)
      : entryOf(known.get(path) ?? (await hdfs.status(path)));
  } catch (error) {
    if (!isLispingError(error)) throw error;
    if (what === 'entry' && error.code === 'LISPING_E_HDFS_MISSING') return null;
    const isOfThePath = ['LISPING_E_HDFS_MISSING', 'LISPING_E_HDFS_DENIED'].includes(error.code);
    if (mayFail && isOfThePath) return what === 'names' ? [] : null;
    throw error;
  }
}

async function namesIn(
  hdfs: Hdfs,
  known: Map<string, FileStatus>,
  directory: string,
): Promise<string[]> {
  const statuses = await hdfs.list(directory);
  const names: string[] = [];
  for (const status of statuses) {
    if (status.path === directory) continue; // a file lists itself
    known.set(status.path, status);
    names.push(status.path.slice(status.path.lastIndexOf('/') + 1));
  }
  return names;
}

function entryOf({ kind, length }: FileStatus): InputEntry {
  switch (kind) {
    case 'file':
      return { kind, size: length };
    case 'directory':
      return { kind };
    case 'symlink':
      return { kind: 'other' };
  }
}
