// `lisping hdfs` against a real HDFS, as users run it.
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hadoopCluster, skipReason, STARTING_MS } from '../../../tools/hadoop/src/index.ts';
import type { HadoopCluster } from '../../../tools/hadoop/src/index.ts';
import { jsonOf, workbench, type Ended, type Workbench } from '../test-support/lisping.ts';

describe.skipIf(skipReason() !== null)('on a real HDFS', () => {
  let cluster: HadoopCluster;
  beforeAll(async () => {
    cluster = await hadoopCluster();
  }, STARTING_MS);

  let bench: Workbench;
  const dir = `/cli-${process.pid}`;
  const hdfs = async (...args: string[]): Promise<Ended> =>
    await bench.lispingIn({ LISPING_NAMENODE: cluster.nameNode }, 'hdfs', ...args);

  beforeEach(() => {
    bench = workbench({ a: 'first\n', 'b c': 'second\n', empty: '' });
  });
  afterEach(async () => {
    await hdfs('rm', '--recursive', dir);
    bench.remove();
  });

  test('what is put is listed, printed and got back', async () => {
    expect((await hdfs('mkdir', dir)).code).toBe(0);
    const put = await hdfs('put', 'a', 'b c', 'empty', dir, '--json');
    expect(jsonOf(put)['files']).toEqual([
      { from: 'a', to: `${dir}/a`, bytes: 6 },
      { from: 'b c', to: `${dir}/b c`, bytes: 7 },
      { from: 'empty', to: `${dir}/empty`, bytes: 0 },
    ]);
    expect((await hdfs('ls', dir)).stdout).toContain(`${dir}/b c`);
    expect((await hdfs('cat', `${dir}/a`, `${dir}/b c`)).stdout).toBe('first\nsecond\n');
    const web = cluster.nameNode.replace('http:', 'webhdfs:');
    expect((await bench.lisping('hdfs', 'get', `${web}${dir}/b c`, 'back')).code).toBe(0);
    expect(readFileSync(bench.file('back'), 'utf8')).toBe('second\n');
    expect(bench.names()).toEqual(['a', 'b c', 'back', 'empty']);
  });

  test('nothing that exists is replaced unasked, on either side', async () => {
    await hdfs('put', 'a', `${dir}/x`);
    expect(jsonOf(await hdfs('put', 'b c', `${dir}/x`, '--json'))).toMatchObject({
      error: { code: 'LISPING_E_HDFS_EXISTS' },
    });
    const got = await hdfs('get', `${dir}/x`, 'b c', '--json');
    expect([got.code, jsonOf(got)['error']]).toMatchObject([2, { code: 'LISPING_E_FILE' }]);
    expect(readFileSync(bench.file('b c'), 'utf8')).toBe('second\n');
    expect((await hdfs('get', `${dir}/x`, 'b c', '--overwrite')).code).toBe(0);
    expect(readFileSync(bench.file('b c'), 'utf8')).toBe('first\n');
  });

  test.each([
    [['ls', '/no/such'], 4, 'LISPING_E_HDFS_MISSING'],
    [['rm', '/no/such'], 4, 'LISPING_E_HDFS_MISSING'],
    [['put', 'none', '/x'], 2, 'LISPING_E_FILE'],
    [['put', 'a'], 2, 'LISPING_E_USAGE'],
    [['cat', '/x'], 2, 'LISPING_E_USAGE'],
    [['move', '/x'], 2, 'LISPING_E_USAGE'],
    [['ls', '/', '--namenode', 'nonsense'], 2, 'LISPING_E_CONFIG'],
    [['ls', '/', '--namenode', 'http://127.0.0.1:1'], 4, 'LISPING_E_NETWORK'],
  ] as const)('%j is one clear error', async (args, code, error) => {
    const ended = await hdfs(...args, '--json');
    expect([ended.code, jsonOf(ended)['error']]).toMatchObject([code, { code: error }]);
  });
});
