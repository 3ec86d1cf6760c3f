// Where the cluster of this checkout keeps what it needs. Every checkout has a directory of its own, so
// that several of them, and several people, can each have a cluster on one machine.
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout: string = realpathSync(fileURLToPath(new URL('../../..', import.meta.url)));

/** The list of jars, as Maven reads it. */
export const pomFile: string = fileURLToPath(new URL('../pom.xml', import.meta.url));

/**
 * Configuration, logs, data and the list of daemons. Not in the checkout, whose path may hold blanks and
 * commas. A second cluster of one checkout has a LISPING_HADOOP_NAME of its own.
 */
export const stateDirectory: string = join(
  tmpdir(),
  `lisping-hadoop-${userInfo().username}-${hashOf(checkout + (process.env['LISPING_HADOOP_NAME'] ?? ''))}`,
);

/** The jars: shared by every checkout with the same pom. */
export function cacheDirectory(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'lisping', `hadoop-${hashOf(readFileSync(pomFile, 'utf8'))}`);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

const TEST_RUN = 'LISPING_TEST_RUN';

/** Names this run of tests, for the processes that it starts. */
export function markTestRun(): void {
  process.env[TEST_RUN] = String(process.pid);
}

/** Where the processes of one run of tests leave notes for its end. */
export function testRunDirectory(): string {
  return `${stateDirectory}-tests-${process.env[TEST_RUN] ?? 'alone'}`;
}
