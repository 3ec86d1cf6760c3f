// The output of a job: every part is read once, hashed on the way, and kept where it is wanted here.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { LispingError } from '@lisping/core';
import type { FileStatus, Hdfs } from '../hdfs/hdfs.ts';

/** A part of the output. */
export interface Part {
  readonly name: string;
  readonly bytes: number;
  /** Lines: what a job prints has one for each record. */
  readonly records: number;
  readonly sha256: string;
}

const AT_ONCE = 4;
const LF = 0x0a;

/** Reads the parts of a finished job in their order. `directory`: where to copy them, null for nowhere. */
export async function readParts(
  hdfs: Hdfs,
  output: string,
  directory: string | null,
): Promise<Part[]> {
  const files = (await hdfs.list(output)).filter(({ kind }) => kind === 'file');
  const parts = files.filter(({ path }) => basename(path).startsWith('part-'));
  parts.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (directory === null) return await inParallel(parts, (part) => readPart(hdfs, part, null));
  return await appearingAt(directory, async (temporary) => {
    const copied = await inParallel(parts, (part) => readPart(hdfs, part, temporary));
    await writeFile(join(temporary, '_SUCCESS'), '');
    return copied;
  });
}

/** Throws LISPING_E_FILE when something has the name already. */
export async function refuseExistingDirectory(directory: string): Promise<void> {
  const there = await stat(directory).catch(() => null);
  if (there === null) return;
  throw new LispingError('LISPING_E_FILE', `--fetch ${directory}: exists already`, {
    hint: 'Name a directory that does not exist yet.',
  });
}

/** The directory exists whole or not at all. */
async function appearingAt<T>(
  directory: string,
  fill: (temporary: string) => Promise<T>,
): Promise<T> {
  const parent = dirname(resolve(directory));
  try {
    await mkdir(parent, { recursive: true });
    const temporary = await mkdtemp(join(parent, '.lisping-fetch-'));
    try {
      const result = await fill(temporary);
      await refuseExistingDirectory(directory);
      await rename(temporary, directory);
      return result;
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof LispingError || !(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : error.message;
    throw new LispingError(
      'LISPING_E_OUTPUT_WRITE',
      `${directory} could not be written (${code})`,
      {
        cause: error,
      },
    );
  }
}

async function readPart(hdfs: Hdfs, status: FileStatus, directory: string | null): Promise<Part> {
  const name = basename(status.path);
  const hash = createHash('sha256');
  const copy =
    directory === null ? null : createWriteStream(join(directory, name), { flush: true });
  let [bytes, records, last] = [0, 0, LF];
  for await (const chunk of hdfs.open(status.path, { status })) {
    hash.update(chunk);
    bytes += chunk.length;
    records += linesIn(chunk);
    last = chunk.at(-1) ?? last;
    if (copy !== null && !copy.write(chunk)) await once(copy, 'drain');
  }
  if (copy !== null) {
    copy.end();
    await once(copy, 'close');
  }
  if (last !== LF) records++;
  return { name, bytes, records, sha256: hash.digest('hex') };
}

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) lines++;
  return lines;
}

async function inParallel<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index]!);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
