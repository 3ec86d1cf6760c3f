// The examples on a real cluster, both ways in, against `lisping run` over the same files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { webHdfs, type Hdfs } from '@lisping/hadoop-bridge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  hadoopCluster,
  skipReason,
  STARTING_MS,
  type HadoopCluster,
} from '../../../tools/hadoop/src/index.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const JOB_MS = 300_000;

/** Example, reduces, bytes in a split. */
const JOBS: readonly [string, number, number][] = [
  ['word-count', 3, 600],
  ['inverted-index', 2, 400],
  ['transit-connections', 4, 1 << 20],
];
// A job takes half a minute. Beside CI one of each way is enough.
const jobs = process.env['CI'] === 'true' ? JOBS : JOBS.slice(0, 1);

describe.skipIf(skipReason() !== null)('on a real cluster', () => {
  let cluster: HadoopCluster;
  let hdfs: Hdfs;
  let bench: Workbench;
  const root = `/lisping-test-${process.pid}`;

  beforeAll(async () => {
    cluster = await hadoopCluster();
    hdfs = webHdfs({ nameNodes: [cluster.nameNode], user: cluster.user });
    bench = workbench({});
  }, STARTING_MS);
  afterAll(async () => {
    await hdfs.delete(root, { recursive: true });
    hdfs.close();
    bench.remove();
  });

  async function upload(example: string): Promise<string> {
    const input = join(EXAMPLES, example, 'input');
    for (const name of readdirSync(input)) {
      const bytes = readFileSync(join(input, name));
      await hdfs.create(`${root}/${example}/${name}`, bytes, { overwrite: true });
    }
    return `${root}/${example}`;
  }

  /** The environment in which each way has what it needs, and `http` has no Java. */
  function environmentOf(via: string): Record<string, string> {
    const [home] = cluster.command.split('/bin/');
    return via === 'http'
      ? { PATH: '/nowhere', JAVA_HOME: '', HADOOP_USER_NAME: cluster.user }
      : { HADOOP_HOME: home ?? '', HADOOP_CONF_DIR: cluster.conf, HADOOP_USER_NAME: cluster.user };
  }

  describe.each(['http', 'cli'])('via %s', (via) => {
    test.each(jobs)(
      '%s',
      async (example, reduces, splitBytes) => {
        const input = await upload(example);
        const job = join(EXAMPLES, example);
        const [local, fetched] = [`${example}-${via}`, `${example}-${via}-fetched`];
        const common = `--reduces ${reduces} --split-bytes ${splitBytes} --json`.split(' ');
        const here = ['--input', join(job, 'input'), '--output', local];
        const ran = jsonOf(await bench.lisping('run', job, ...here, ...common));
        const there = ['--input', input, '--output', `${input}-${via}`, '--fetch', fetched];
        const site = ['--via', via, '--resource-manager', cluster.resourceManager];
        const submitted = await bench.lispingIn(
          environmentOf(via),
          'submit',
          job,
          ...there,
          ...site,
          ...common,
        );
        expect(submitted).toMatchObject({ code: 0, stderr: '' });
        const { parts, counters, output, ...others } = jsonOf(submitted);
        expect({ parts, counters }).toEqual({ parts: ran['parts'], counters: ran['counters'] });
        expect(others['job']).toBe(ran['job']);
        expect(output).toBe(`${input}-${via}`);
        expect(readdirSync(bench.file(fetched))).toEqual(readdirSync(bench.file(local)));
        for (const name of readdirSync(bench.file(fetched))) {
          const bytes = readFileSync(bench.file(`${fetched}/${name}`));
          expect(bytes.equals(readFileSync(bench.file(`${local}/${name}`)))).toBe(true);
        }
      },
      JOB_MS,
    );
  });

  test('nothing is left in HDFS but the output', async () => {
    const home = await hdfs.list(`/tmp/hadoop-yarn/staging/${cluster.user}/.staging`);
    expect(home).toEqual([]);
    const names = (await hdfs.list(root)).map(({ path }) => path.slice(root.length + 1));
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
