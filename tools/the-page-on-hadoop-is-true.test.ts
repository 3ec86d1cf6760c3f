// What docs/hadoop.md tells to do is done, on a real cluster: its file is written, and its commands end well.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from './cli.ts';
import { hadoopCluster, skipReason, STARTING_MS, type HadoopCluster } from './hadoop/src/index.ts';
import { blocksIn } from './markdown.ts';

const PAGE_MS = 300_000;
const blocks = blocksIn(join(ROOT, 'docs/hadoop.md'));
const commands = blocks.filter(({ language, info }) => language === 'sh' && !info.has('yours'));

// A job of half a minute; the ones of the examples are enough elsewhere.
describe.skipIf(process.env['CI'] !== 'true' || skipReason() !== null)('on a real cluster', () => {
  let cluster: HadoopCluster;
  const home = mkdtempSync(join(tmpdir(), 'lisping-page-'));

  beforeAll(async () => {
    cluster = await hadoopCluster();
    symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
    for (const { info, text } of blocks) {
      const file = info.get('file');
      if (file !== undefined) writeFileSync(join(home, file), text);
    }
  }, STARTING_MS);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test(
    'the first job gives the bytes of lisping run',
    () => {
      expect(commands.length).toBeGreaterThan(1);
      const { status, stderr } = spawnSync(
        'sh',
        ['-e', '-c', commands.map(({ text }) => text).join('\n')],
        {
          cwd: home,
          encoding: 'utf8',
          env: {
            ...process.env,
            PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
            RM: cluster.resourceManager,
            LISPING_NAMENODE: cluster.nameNode,
            HADOOP_USER_NAME: cluster.user,
          },
        },
      );
      expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    },
    PAGE_MS,
  );
});
