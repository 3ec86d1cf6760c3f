// What tests use of a real Hadoop.
//
//   import { hadoopCluster, skipReason } from '../../../tools/hadoop/src/index.ts';
//
//   describe.skipIf(skipReason() !== null)('on a real cluster', () => {
//     let cluster: HadoopCluster;
//     beforeAll(async () => {
//       cluster = await hadoopCluster();
//     }, STARTING_MS);
//   });
//
// All test files of a run share one cluster. The first that asks starts it; when the run has ended,
// test-run.ts stops it, unless it was up before (`npm run hadoop -- up`), which makes writing tests faster.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runningCluster, startCluster, type HadoopCluster } from './cluster.ts';
import { whatIsMissing } from './library.ts';
import { testRunDirectory } from './places.ts';

export type { HadoopCluster } from './cluster.ts';
export { hadoopLibrary } from './library.ts';

/** How long a test may have to wait until there is a cluster, in milliseconds: Maven may have to download. */
export const STARTING_MS = 300_000;

/**
 * Why tests on a real Hadoop cannot run here; null when they can. Under `CI=true` there is no such reason:
 * it throws.
 */
export function skipReason(): string | null {
  const missing = whatIsMissing();
  if (missing === null) return null;
  if (process.env['CI'] === 'true') throw new Error(`tests need a real Hadoop: ${missing}`);
  leaveNote('skipped', missing);
  return missing;
}

/** The cluster that the tests of this run share. */
export async function hadoopCluster(): Promise<HadoopCluster> {
  const running = runningCluster();
  if (running !== null) return running;
  const { cluster, started } = await startCluster();
  if (started) leaveNote('started', cluster.nameNode);
  return cluster;
}

/** For the end of the run, which another process sees. */
function leaveNote(name: 'skipped' | 'started', text: string): void {
  const directory = testRunDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, name), text);
}
