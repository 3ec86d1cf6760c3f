// Which file a JOB on the command line means. One rule: a file stands for itself, a directory for the
// `job.ts` (or job.mts, job.js, job.mjs) in it.
import { statSync, type Stats } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { LispingError } from '@lisping/core';

const EXTENSIONS = ['.ts', '.mts', '.js', '.mjs'];

/**
 * The absolute path of the file that holds the job.
 *
 * Throws LISPING_E_NO_JOB when there is none.
 */
export function findJobFile(path: string): string {
  const stats = statOf(path);
  if (stats === undefined) throw new LispingError('LISPING_E_NO_JOB', `no such job: ${path}`);
  if (!stats.isDirectory()) return checkedExtension(path);
  for (const extension of EXTENSIONS) {
    const candidate = join(path, `job${extension}`);
    if (statOf(candidate)?.isFile() === true) return resolve(candidate);
  }
  throw new LispingError('LISPING_E_NO_JOB', `no job.ts in the directory ${path}`, {
    hint: 'A directory stands for the job.ts, job.mts, job.js or job.mjs in it; or name the file.',
  });
}

function checkedExtension(path: string): string {
  if (EXTENSIONS.includes(extname(path))) return resolve(path);
  throw new LispingError('LISPING_E_NO_JOB', `${path} is no .ts, .mts, .js or .mjs file`);
}

/** What cannot be looked at is as good as missing: no permission, a file as a directory, … */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
