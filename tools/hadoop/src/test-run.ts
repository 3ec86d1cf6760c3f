// Vitest calls this once around a run of tests. Nothing is started here: who runs a test of the core should
// not wait for five daemons. What tests started is stopped, and what they skipped is said once, loudly.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runningCluster, stopCluster } from './cluster.ts';
import { markTestRun, testRunDirectory } from './places.ts';

export function setup(): () => Promise<void> {
  markTestRun();
  return async () => {
    const directory = testRunDirectory();
    const skipped = join(directory, 'skipped');
    if (existsSync(skipped)) {
      const why = readFileSync(skipped, 'utf8');
      process.stderr.write(`\n!!!! SKIPPED: the tests on a real Hadoop: ${why}\n`);
    }
    const started = join(directory, 'started');
    const isOurs =
      existsSync(started) && runningCluster()?.nameNode === readFileSync(started, 'utf8');
    if (isOurs) await stopCluster();
    rmSync(directory, { recursive: true, force: true });
  };
}
