// Jobs that fail on a real cluster, each for a reason of its own, and what `lisping submit` says of them: the
// reason, the place in the user's file, the record. A job takes half a minute, as every task is tried four times;
// CI runs a third of them, another one every day, and LISPING_FAILURES=all runs all.
import { webHdfs, type Hdfs } from '@lisping/hadoop-bridge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  hadoopCluster,
  skipReason,
  STARTING_MS,
  type HadoopCluster,
} from '../../../tools/hadoop/src/index.ts';
import { jsonOf, workbench } from '../test-support/lisping.ts';

const JOB_MS = 300_000;
const SHARES = 3;

interface Failing {
  readonly name: string;
  /** Of the object that `job` is given, beside `name` and a `map` and `reduce` that do no harm. */
  readonly body: string;
  /** In front of the job. */
  readonly head?: string;
  readonly error: object;
  readonly message: RegExp;
  /** 1 when left out: the job failed. */
  readonly exit?: number;
}

const RECORD = { input: expect.stringMatching(/\/text$/) as string, offset: 4, text: 'one two' };
/** Line 4 is the first of the body. */
const at = (line: number): object => ({
  file: 'job.ts',
  line,
  column: expect.any(Number) as number,
});
const TWO = `map(line, emit) {
    for (const word of line.split(' ')) {
      if (word === 'two')`;

const FAILING: readonly Failing[] = [
  {
    name: 'map throws',
    body: `${TWO} throw new Error('not for us');\n      emit(word, 1);\n    }\n  },`,
    error: { code: 'LISPING_E_MAP_THREW', where: at(6), record: RECORD },
    message: /not for us; map task 0 of application_\w+ failed in 4 attempts/,
  },
  {
    name: 'reduce throws',
    body: `reduce(word) {\n    if (word === 'two') throw new Error('too much');\n  },`,
    error: { code: 'LISPING_E_REDUCE_THREW', where: at(5) },
    message: /too much; reduce task 0 of/,
  },
  {
    name: 'the job ends its process',
    body: `${TWO} process.exit(0);\n      emit(word, 1);\n    }\n  },`,
    error: { code: 'LISPING_E_TASK_DIED', record: RECORD },
    message: /ended its process/,
  },
  {
    name: 'the heap is full',
    body: `map() {\n    const all = [];\n    for (;;) all.push(new Array(1e5).fill(1.5));\n  },`,
    error: { code: 'LISPING_E_TASK_DIED' },
    message: /Node used up its memory; map task 0/,
  },
  {
    name: 'a value that is no JSON',
    body: `${TWO} emit(word, NaN);\n    }\n  },`,
    error: { code: 'LISPING_E_VALUE', record: RECORD },
    message: /NaN/,
  },
  {
    name: 'more counters than Hadoop keeps',
    body: `map(line, emit, { counter }) {\n    for (let i = 0; i < 200; i++) counter('c' + i, 1);\n  },`,
    error: { code: 'LISPING_E_COUNTER' },
    message: /the task has 20\d counters, and Hadoop has room for/,
  },
  {
    name: 'combine throws',
    body: `combine(word, values, emit) {\n    throw new Error('no combining');\n  },`,
    error: { code: 'LISPING_E_COMBINE_THREW', where: at(5) },
    message: /no combining/,
  },
  {
    name: 'a partition that does not exist',
    body: `partition: () => 7,`,
    error: { code: 'LISPING_E_PARTITION' },
    message: /7/,
  },
  {
    name: 'a row that is no CSV',
    body: `input: csv({ header: true, delimiter: ' ' }),\n  map: (row, emit) => emit('x', 1),`,
    error: { code: 'LISPING_E_RECORD', record: { input: RECORD.input } },
    message: /map task 0/,
  },
  {
    name: 'a promise throws',
    body: `map() {\n    void Promise.reject(new Error('later'));\n  },`,
    error: { code: 'LISPING_E_ASYNC', where: at(5) },
    message: /later/,
  },
  {
    name: 'the file throws while it is loaded there',
    head: `if ('mapreduce_job_id' in process.env) throw new Error('not on a cluster');`,
    body: '',
    error: { code: 'LISPING_E_JOB_LOAD', where: at(2) },
    message: /not on a cluster/,
    exit: 2,
  },
  {
    name: 'the process is killed',
    body: `map() {\n    process.kill(process.pid, 'SIGKILL');\n    for (;;);\n  },`,
    error: { code: 'LISPING_E_TASK_DIED' },
    message: /killed from outside/,
  },
];

const today = Math.floor(Date.now() / 86_400_000) % SHARES;
const isAll = process.env['LISPING_FAILURES'] === 'all';
const isCi = process.env['CI'] === 'true';
const chosen = FAILING.filter((_, i) => isAll || (isCi && i % SHARES === today));

function source({ name, head = '', body }: Failing): string {
  const rest = [
    body.includes('map')
      ? ''
      : `map: (line, emit) => line.split(' ').forEach((word) => emit(word, 1)),`,
    body.includes('reduce(')
      ? ''
      : `reduce: (word, values, emit) => emit(word, [...values].length),`,
  ];
  return `import { csv, job } from 'lisping';\n${head}\nexport default job({ name: '${name}',\n  ${body}\n  ${rest.join('\n  ')}\n});\n`;
}

describe.skipIf(chosen.length === 0 || skipReason() !== null)('on a real cluster', () => {
  let cluster: HadoopCluster;
  let hdfs: Hdfs;
  const root = `/lisping-failures-${process.pid}`;

  beforeAll(async () => {
    cluster = await hadoopCluster();
    hdfs = webHdfs({ nameNodes: [cluster.nameNode], user: cluster.user });
    await hdfs.create(`${root}/text`, Buffer.from('one\none two\n'));
  }, STARTING_MS);
  afterAll(async () => {
    await hdfs.delete(root, { recursive: true });
    hdfs.close();
  });

  test.each(chosen)(
    'it is said that $name',
    async (failing) => {
      const own = workbench({ 'job.ts': source(failing) });
      try {
        const output = `${root}-${FAILING.indexOf(failing)}`;
        const site = ['--resource-manager', cluster.resourceManager, '--via', 'http', '--json'];
        const where = ['--input', root, '--output', output];
        const environment = { HADOOP_USER_NAME: cluster.user };
        const ended = await own.lispingIn(environment, 'submit', 'job.ts', ...where, ...site);
        const { error, application } = jsonOf(ended);
        expect(error).toMatchObject(failing.error);
        expect(error).toHaveProperty('message', expect.stringMatching(failing.message));
        expect(application).toMatch(/^application_/);
        expect(ended.code).toBe(failing.exit ?? 1);
        await expect(hdfs.status(output)).rejects.toMatchObject({ code: 'LISPING_E_HDFS_MISSING' });
      } finally {
        own.remove();
      }
    },
    JOB_MS,
  );
});
