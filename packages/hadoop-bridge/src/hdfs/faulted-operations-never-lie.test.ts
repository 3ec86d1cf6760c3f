// Operations by the thousand, each met by one to three faults on a real HDFS: what is said to be done is
// done, byte for byte. A failure is allowed, a lie is not.
import { beforeAll, describe, expect, test } from 'vitest';
import { hadoopCluster, skipReason, STARTING_MS } from '../../../../tools/hadoop/src/index.ts';
import type { HadoopCluster } from '../../../../tools/hadoop/src/index.ts';
import { runFaultedOperations, type Tally } from '../../test-support/faulted-operations.ts';
import { inWorld } from '../../test-support/world.ts';
import { webHdfs } from './webhdfs.ts';

const LANES = 8;
// `LISPING_FAULTED_OPERATIONS=10000 npx vitest run faulted-operations` is the soak.
const COUNT = Number(process.env['LISPING_FAULTED_OPERATIONS'] ?? 400);
const SEED = Number(process.env['LISPING_SEED'] ?? 4242);

describe.skipIf(skipReason() !== null)('on a real HDFS', () => {
  let cluster: HadoopCluster;
  beforeAll(async () => {
    cluster = await hadoopCluster();
  }, STARTING_MS);

  test(`${COUNT} faulted operations, seed ${SEED}`, { timeout: 60_000 + COUNT * 200 }, async () => {
    const tallies: Tally[] = [];
    const lane = async (index: number): Promise<void> =>
      await inWorld(cluster, webHdfs, async (world) => {
        const how = { count: Math.ceil(COUNT / LANES), seed: SEED + index };
        tallies.push(await runFaultedOperations(world, how));
      });
    const began = performance.now();
    await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
    const sum = (of: 'repaired' | 'refused'): number =>
      tallies.reduce((total, tally) => total + tally[of], 0);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const figures = `${sum('repaired')} done in spite of faults, ${sum('refused')} refused, ${seconds} s`;
    process.stdout.write(`faulted operations: ${figures}\n`);
    expect(tallies.flatMap(({ corruptions }) => corruptions)).toEqual([]);
    // The faults must bite, and must not be all there is.
    expect(sum('repaired')).toBeGreaterThan(COUNT / 2);
    expect(sum('refused')).toBeGreaterThan(0);
  });
});
