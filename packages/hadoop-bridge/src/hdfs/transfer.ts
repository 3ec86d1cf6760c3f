// Files between this machine and HDFS. On both sides a file appears under its name when it is whole.
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, link, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LispingError } from '@lisping/core';
import { HdfsFailure } from './failure.ts';
import type { FileStatus, Hdfs } from './hdfs.ts';
import { childOf } from './hdfs-path.ts';

/** A file that was copied. */
export interface Transferred {
  readonly from: string;
  readonly to: string;
  readonly bytes: number;
}

interface How {
  /** Replace what has the name. */
  readonly overwrite: boolean;
}

/** Uploads a local file; into `target` when that is a directory. Throws LISPING_E_FILE, LISPING_E_HDFS_*. */
export async function putFile(
  hdfs: Hdfs,
  local: string,
  target: string,
  { overwrite }: How,
): Promise<Transferred> {
  const before = await localFile(local);
  const there = await statusOrNull(hdfs, target);
  const to = there?.kind === 'directory' ? childOf(there.path, basename(local)) : target;
  // Only as much as there was: a log that grows is copied as it stood.
  const source = (): AsyncIterable<Buffer, void, undefined> =>
    createReadStream(local, { end: before.size - 1 });
  const status = await hdfs.create(to, before.size === 0 ? new Uint8Array() : source, {
    overwrite,
  });
  if (status.length === before.size) return { from: local, to: status.path, bytes: status.length };
  await hdfs.delete(status.path);
  throw new LispingError('LISPING_E_FILE', `${local} became shorter while it was read`);
}

/** Downloads a file of HDFS; into `local` when that is a directory. */
export async function getFile(
  hdfs: Hdfs,
  path: string,
  local: string,
  { overwrite }: How,
): Promise<Transferred> {
  const status = await hdfs.status(path);
  const to = (await isDirectory(local)) ? join(local, basename(status.path)) : local;
  if (!overwrite && (await exists(to))) throw inTheWay(to);
  const temporary = join(dirname(to), `.lisping-${randomBytes(8).toString('hex')}`);
  try {
    await download(hdfs, status, temporary);
    if (overwrite) await rename(temporary, to);
    else await link(temporary, to); // unlike a rename, it never replaces
  } catch (error) {
    throw localFailure(error, to);
  } finally {
    await rm(temporary, { force: true });
  }
  return { from: status.path, to, bytes: status.length };
}

async function download(hdfs: Hdfs, status: FileStatus, temporary: string): Promise<void> {
  const file = await open(temporary, 'wx');
  try {
    for await (const chunk of hdfs.open(status.path, { status })) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function localFile(local: string): Promise<{ size: number }> {
  try {
    const stats = await stat(local);
    if (stats.isFile()) return stats;
  } catch (cause) {
    throw new LispingError('LISPING_E_FILE', `no such file: ${local}`, { cause });
  }
  throw new LispingError('LISPING_E_FILE', `${local} is no regular file`);
}

async function statusOrNull(hdfs: Hdfs, path: string): Promise<FileStatus | null> {
  try {
    return await hdfs.status(path);
  } catch (error) {
    if (error instanceof HdfsFailure && error.code === 'LISPING_E_HDFS_MISSING') return null;
    throw error;
  }
}

async function isDirectory(local: string): Promise<boolean> {
  return await stat(local).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function exists(local: string): Promise<boolean> {
  return await lstat(local).then(
    () => true,
    () => false,
  );
}

function inTheWay(local: string): LispingError {
  return new LispingError('LISPING_E_FILE', `${local} exists`, {
    hint: 'Choose another name, or use --overwrite.',
  });
}

function localFailure(error: unknown, to: string): unknown {
  if (!(error instanceof Error) || error instanceof LispingError || !('code' in error))
    return error;
  if (error.code === 'EEXIST') return inTheWay(to);
  const code = error.code === 'ENOSPC' ? 'LISPING_E_DISK_FULL' : 'LISPING_E_OUTPUT_WRITE';
  return new LispingError(code, `${to} cannot be written (${String(error.code)})`, {
    cause: error,
  });
}
