// Hadoop's jars, resolved by Maven once and kept outside the checkout.
import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from './lock.ts';
import { cacheDirectory, pomFile } from './places.ts';

/**
 * The directory of the jars: Hadoop with its daemons, the `hadoop` command's classes and Streaming. The first
 * call on a machine downloads about 93 MB.
 *
 * @example
 * spawnSync('java', ['-cp', `${await hadoopLibrary()}/*`, 'org.apache.hadoop.util.VersionInfo']);
 */
export async function hadoopLibrary(): Promise<string> {
  const library = cacheDirectory();
  if (existsSync(library)) return library;
  await withLock(`lisping-hadoop-library ${library}`, async () => {
    if (!existsSync(library)) await resolveInto(library);
  });
  return library;
}

/** What is missing on this machine for a Hadoop to run; null when nothing is. */
export function whatIsMissing(): string | null {
  if (process.platform !== 'linux') return 'they run on Linux only';
  const missing: string[] = [];
  if (javaHome() === null) missing.push('java (a JDK, 17)');
  if (!existsSync(cacheDirectory()) && onPath('mvn') === null) missing.push('mvn (Maven)');
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** Where Java lives; null without one. */
export function javaHome(): string | null {
  const given = process.env['JAVA_HOME'];
  if (given !== undefined && existsSync(join(given, 'bin/java'))) return given;
  const java = onPath('java');
  return java === null ? null : dirname(dirname(realpathSync(java)));
}

/** Maven copies into a neighbour, which is then renamed: the directory exists whole or not at all. */
async function resolveInto(library: string): Promise<void> {
  const partial = `${library}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(library), { recursive: true });
  await promisify(execFile)('mvn', [
    '--batch-mode',
    '--quiet',
    '--file',
    pomFile,
    'dependency:copy-dependencies',
    `-DoutputDirectory=${partial}`,
    '-DincludeScope=runtime',
  ]).catch((error: Error) => {
    throw new Error(`Maven could not resolve Hadoop: ${error.message}`, { cause: error });
  });
  renameSync(partial, library);
}

function onPath(program: string): string | null {
  const directories = (process.env['PATH'] ?? '').split(delimiter);
  return directories.map((each) => join(each, program)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
