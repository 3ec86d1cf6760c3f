// One list of promises, two clients, a real HDFS behind a proxy that breaks things. What the npm package
// cannot keep is listed by name, and must fail: a promise that it keeps after all is taken off the list.
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { hadoopCluster, skipReason, STARTING_MS } from '../../../../tools/hadoop/src/index.ts';
import type { HadoopCluster } from '../../../../tools/hadoop/src/index.ts';
import { MISSED_BY_THE_PACKAGE } from '../../test-support/missed-by-the-package.ts';
import { PROMISES } from '../../test-support/promises/index.ts';
import { inWorld, type Opener } from '../../test-support/world.ts';
import { npmWebHdfs } from './npm-webhdfs.ts';
import { webHdfs } from './webhdfs.ts';

const CLIENTS: readonly { name: string; opener: Opener; misses: readonly string[] }[] = [
  { name: 'our own client', opener: webHdfs, misses: [] },
  { name: 'the npm package webhdfs', opener: npmWebHdfs, misses: MISSED_BY_THE_PACKAGE },
];

describe.skipIf(skipReason() !== null)('on a real HDFS', () => {
  let cluster: HadoopCluster;
  beforeAll(async () => {
    cluster = await hadoopCluster();
  }, STARTING_MS);

  describe.each(CLIENTS)('$name', ({ opener, misses }) => {
    test('what it misses are promises', () => {
      const names = PROMISES.map(({ name }) => name);
      expect(misses.filter((name) => !names.includes(name))).toEqual([]);
    });

    for (const { name, tried } of PROMISES) {
      const isMissed = misses.includes(name);
      test(isMissed ? `misses: ${name}` : name, async () => {
        if (!isMissed) return await inWorld(cluster, opener, tried);
        const trial = inWorld(cluster, opener, async (world) => await inTime(tried(world)));
        return await failing(trial, name);
      });
    }
  });
});

/** Passes when the promise is broken, and says so when it is not. */
async function failing(trial: Promise<void>, name: string): Promise<void> {
  const kept = await trial.then(
    () => true,
    () => false,
  );
  if (kept) throw new Error(`'${name}' is kept after all: take it off the list`);
}

const IN_TIME_MS = 3000;

/** A promise that never settles is broken as well. */
async function inTime(trial: Promise<void>): Promise<void> {
  const late = new Error('no end in sight');
  await Promise.race([
    trial,
    sleep(IN_TIME_MS, undefined, { ref: false }).then(() => {
      throw late;
    }),
  ]);
}
