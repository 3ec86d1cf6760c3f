// Every mistake a user can make: one error with its code, its exit code and a way out, in words and as
// JSON, and nothing half-written.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Ended, type Workbench } from '../test-support/lisping.ts';

/** Reduces to `key`, so that a case needs to say only what is wrong. */
const REDUCE = 'reduce(key, values, emit) { emit(key); },';

interface Case {
  readonly promise: string;
  readonly args: readonly string[];
  readonly exit: number;
  readonly code: string;
  readonly message: RegExp;
  readonly where?: object;
  readonly record?: object;
}

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'in.txt': 'first line\nsecond line\nthird line\n',
  'nested/a.txt': 'a\n',
  'nested/deeper/b.txt': 'b\n',
  'taken/part-00000': 'old\n',
  'word-count.ts': WORD_COUNT,
  'syntax.ts': `import { job } from 'lisping';\nexport default job({\n  map(line, emit) { emit(line 1); },\n});\n`,
  'missing-import.ts': `import { helper } from './nowhere.ts';\nexport default helper;\n`,
  'wrong-import.ts': `import { job } from 'lisping/jobs';\nexport default job;\n`,
  'missing-export.ts': `import { job, nothere } from 'lisping';\nexport default job({ map() { nothere(); } });\n`,
  'no-default.ts': `export const job = 1;\n`,
  'no-job.ts': `export default { map() {} };\n`,
  'throws-at-load.ts': `const nothing: { x?: { y: number } } = {};\nexport default nothing.x!.y;\n`,
  'no-map.ts': `import { job } from 'lisping';\nexport default job({ reduce() {} } as never);\n`,
  'map-throws.ts': jobFile(
    `name: 'thrower',\n map(line, emit) { if (line.startsWith('second')) fail(line); emit(line, 1); }, ${REDUCE}`,
    `function fail(line: string): never {\n  throw new TypeError('cannot use ' + line);\n}`,
  ),
  'reduce-throws.ts': jobFile(
    `map(line, emit) { emit(line, 1); }, reduce(key) { throw new RangeError('no ' + key); },`,
  ),
  ...partitionJobs({ nan: 'NaN', half: '1.5', negative: '-1', equal: 'partitions' }),
  'combine-one.ts': jobFile(
    `map(line, emit) { emit(line, 1); }, combine: ((counts: number[]) => counts.length) as never, ${REDUCE}`,
  ),
  'value-nan.ts': jobFile(`map(line, emit) { emit(line, NaN); }, ${REDUCE}`),
  'jöb one.ts': jobFile(`map(line, emit) { emit(line, NaN); }, ${REDUCE}`),
  'job 100%.ts': jobFile(`map(line, emit) { emit(line, NaN); }, ${REDUCE}`),
  'value-date.ts': jobFile(`map(line, emit) { emit(line, new Date(0)); }, ${REDUCE}`),
  'fraction.ts': jobFile(`map(line, emit) { emit(line, 0.5); }, combine: sum, ${REDUCE}`),
  'parameter.ts': jobFile(
    `map(line, emit, context) { emit(line, context.parameter('limit')); }, ${REDUCE}`,
  ),
  'map-only.ts': jobFile(`map(line, emit) { emit(line); },`),
  'exits.ts': jobFile(`map() { process.exit(0); }, ${REDUCE}`),
};

function partitionJobs(returned: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(returned).map(([name, value]) => [
      `partition-${name}.ts`,
      jobFile(
        `map(line, emit) { emit(line, 1); }, partition(key, partitions) { return ${value}; }, ${REDUCE}`,
      ),
    ]),
  );
}

const IN = ['--input', 'in.txt'];
const OUT = ['--output', 'out'];

/** `lisping run JOB` over the ordinary input. */
function run(job: string, ...more: string[]): readonly string[] {
  return ['run', job, ...IN, ...OUT, ...more];
}

const SECOND = { input: 'in.txt', offset: 11, text: 'second line' };
const FIRST = { input: 'in.txt', offset: 0, text: 'first line' };

const CASES: readonly Case[] = [
  {
    promise: 'no such job',
    args: run('nowhere.ts'),
    exit: 2,
    code: 'LISPING_E_NO_JOB',
    message: /nowhere\.ts/,
  },
  {
    promise: 'a directory without a job.ts',
    args: run('nested'),
    exit: 2,
    code: 'LISPING_E_NO_JOB',
    message: /job\.ts.*nested/,
  },
  {
    promise: 'a job that does not compile',
    args: run('syntax.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_COMPILE',
    message: /Expected/,
    where: { file: 'syntax.ts', line: 3, column: 31 },
  },
  {
    promise: 'a job that imports a file that is not there',
    args: run('missing-import.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_COMPILE',
    message: /nowhere\.ts/,
    where: { file: 'missing-import.ts', line: 1, column: 24 },
  },
  {
    promise: 'a job that imports what lisping does not have',
    args: run('wrong-import.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_COMPILE',
    message: /lisping\/jobs/,
  },
  {
    promise: 'a job that imports a name lisping does not have',
    args: run('missing-export.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_COMPILE',
    message: /'lisping' has no export named nothere/,
    where: { file: 'missing-export.ts', line: 1, column: 15 },
  },
  {
    promise: 'no default export',
    args: run('no-default.ts'),
    exit: 2,
    code: 'LISPING_E_NOT_A_JOB',
    message: /no-default\.ts has no default export/,
  },
  {
    promise: 'a default export that is no job',
    args: run('no-job.ts'),
    exit: 2,
    code: 'LISPING_E_NOT_A_JOB',
    message: /no-job\.ts/,
  },
  {
    promise: 'a file that throws before it defines a job',
    args: run('throws-at-load.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_LOAD',
    message: /throws-at-load\.ts threw while it was loaded/,
    where: { file: 'throws-at-load.ts', line: 2, column: 27 },
  },
  {
    promise: 'a job without map',
    args: run('no-map.ts'),
    exit: 2,
    code: 'LISPING_E_JOB_SHAPE',
    message: /no map/,
    where: { file: 'no-map.ts', line: 2, column: 16 },
  },
  {
    promise: 'map that throws: record, input and offset are named, and it was tried four times',
    args: run('map-throws.ts'),
    exit: 1,
    code: 'LISPING_E_MAP_THREW',
    message: /map threw TypeError: cannot use second line \(map task 0, tried 4 times\)/,
    where: { file: 'map-throws.ts', line: 3, column: 9 },
    record: SECOND,
  },
  {
    promise: 'reduce that throws',
    args: run('reduce-throws.ts'),
    exit: 1,
    code: 'LISPING_E_REDUCE_THREW',
    message: /reduce threw RangeError: no first line \(reduce task 0, tried 4 times\)/,
    record: { input: 'reduce-0', offset: 0, text: 'first line' },
  },
  ...['NaN', '1.5', '-1', '4'].map((returned, index) => ({
    promise: `a partition function that returns ${returned} of 4`,
    args: run(
      `partition-${['nan', 'half', 'negative', 'equal'][index] ?? ''}.ts`,
      '--reduces',
      '4',
    ),
    exit: 1,
    code: 'LISPING_E_PARTITION',
    message: new RegExp(`partition returned ${returned} of 4`),
    record: FIRST,
  })),
  {
    promise: 'a combine function of one parameter',
    args: run('combine-one.ts'),
    exit: 2,
    code: 'LISPING_E_COMBINE_SHAPE',
    message: /1 parameter/,
  },
  {
    promise: 'a value that is NaN',
    args: run('value-nan.ts'),
    exit: 1,
    code: 'LISPING_E_VALUE',
    message: /a value is NaN/,
    record: FIRST,
  },
  ...['jöb one.ts', 'job 100%.ts'].map((file) => ({
    promise: `a place in ${file}, whose name is shown as it is`,
    args: run(file),
    exit: 1,
    code: 'LISPING_E_VALUE',
    message: /a value is NaN/,
    where: { file, line: 4, column: 19 },
  })),
  {
    promise: 'a value that is a Date',
    args: run('value-date.ts'),
    exit: 1,
    code: 'LISPING_E_VALUE',
    message: /Date/,
    record: FIRST,
  },
  {
    promise: 'a fraction in sum',
    args: run('fraction.ts'),
    exit: 1,
    code: 'LISPING_E_SUM_FRACTION',
    message: /0\.5/,
    record: FIRST,
  },
  {
    promise: 'a parameter that is missing',
    args: run('parameter.ts'),
    exit: 2,
    code: 'LISPING_E_PARAMETER',
    message: /limit/,
  },
  {
    promise: 'reduces for a job without reduce',
    args: run('map-only.ts', '--reduces', '3'),
    exit: 2,
    code: 'LISPING_E_USAGE',
    message: /--reduces 3/,
  },
  {
    promise: 'a job that ends its process',
    args: run('exits.ts'),
    exit: 1,
    code: 'LISPING_E_TASK_DIED',
    message: /ended its process/,
    where: { file: 'exits.ts', line: 4, column: 17 },
    record: FIRST,
  },
  {
    promise: 'an input that is missing',
    args: ['run', 'word-count.ts', '--input', 'nowhere.txt', ...OUT],
    exit: 2,
    code: 'LISPING_E_INPUT_MISSING',
    message: /nowhere\.txt/,
  },
  {
    promise: 'a pattern that matches nothing',
    args: ['run', 'word-count.ts', '--input', 'no*such', ...OUT],
    exit: 2,
    code: 'LISPING_E_INPUT_MISSING',
    message: /no\*such/,
  },
  {
    promise: 'a directory inside an input directory',
    args: ['run', 'word-count.ts', '--input', 'nested', ...OUT],
    exit: 2,
    code: 'LISPING_E_INPUT_IS_DIRECTORY',
    message: /nested\/deeper/,
  },
  {
    promise: 'no input at all',
    args: ['run', 'word-count.ts', ...OUT],
    exit: 2,
    code: 'LISPING_E_USAGE',
    message: /--input PATH is missing/,
  },
  {
    promise: 'an output directory that exists, before the job is even looked at',
    args: ['run', 'syntax.ts', ...IN, '--output', 'taken'],
    exit: 2,
    code: 'LISPING_E_OUTPUT_EXISTS',
    message: /taken exists/,
  },
  {
    promise: 'an output that exists and is a file, even with --overwrite',
    args: ['run', 'word-count.ts', ...IN, '--output', 'in.txt', '--overwrite'],
    exit: 2,
    code: 'LISPING_E_OUTPUT_EXISTS',
    message: /no directory/,
  },
  {
    promise: '--overwrite of a directory that holds the input',
    args: ['run', 'word-count.ts', '--input', 'taken', '--output', 'taken', '--overwrite'],
    exit: 2,
    code: 'LISPING_E_FILE',
    message: /would delete taken/,
  },
  {
    promise: '--overwrite of the root of all files',
    args: ['run', 'word-count.ts', ...IN, '--output', '/', '--overwrite'],
    exit: 2,
    code: 'LISPING_E_FILE',
    message: /--overwrite would delete/,
  },
  {
    promise: 'an output directory inside a file',
    args: ['run', 'word-count.ts', ...IN, '--output', 'in.txt/out'],
    exit: 2,
    code: 'LISPING_E_FILE',
    message: /cannot write in\.txt\/out/,
  },
  {
    promise: 'no output',
    args: ['run', 'word-count.ts', ...IN],
    exit: 2,
    code: 'LISPING_E_USAGE',
    message: /--output DIR is missing/,
  },
];

describe('bad input is one clear error', () => {
  let bench: Workbench;
  let before: string[];
  beforeAll(() => {
    bench = workbench(FILES);
    before = bench.names();
  });
  afterAll(() => bench.remove());

  // Words and JSON are of one error: elsewhere than in CI a few in words are enough.
  const inWords = CASES.filter((_, place) => process.env['CI'] === 'true' || place % 4 === 0);

  it.each(inWords)('$promise, in words', async ({ args, exit, code, message, where, record }) => {
    const ended = await bench.lisping(...args);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toContain(code);
    expect(unwrapped(ended)).toMatch(message);
    expect(ended.stderr).not.toMatch(/^\s+at .*\.js:\d+/m);
    if (where !== undefined) expect(ended.stderr).toContain(Object.values(where).join(':'));
    if (record !== undefined)
      expect(ended.stderr).toContain(JSON.stringify(Object.values(record).at(-1)));
    expect(ended.code).toBe(exit);
    expect(bench.names()).toEqual(before);
  });

  it.each(CASES)('$promise, as JSON', async ({ args, exit, code, message, where, record }) => {
    const ended = await bench.lisping(...args, '--json');
    const { error } = jsonOf(ended);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(error).toHaveProperty('hint');
    if (where !== undefined) expect(error).toMatchObject({ where });
    if (record !== undefined) expect(error).toMatchObject({ record });
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(exit);
    expect(bench.names()).toEqual(before);
  });
});

/** Long messages are broken between words. */
function unwrapped({ stderr }: Ended): string {
  return stderr.replaceAll(/\s+/g, ' ');
}
