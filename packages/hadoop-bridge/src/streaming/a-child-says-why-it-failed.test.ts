// A child that did not do all of its work ends with another code than 0, and its last words name the
// error, the record and the user's line. Hadoop keeps nothing else of it.
import { job } from '@lisping/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childrenOf, type ReadyChildren } from '../../test-support/children.ts';

const SOURCE = `import { job } from 'lisping';

function check(line: string): void {
  if (line === 'throw') throw new TypeError('cannot parse ' + line);
  if (line === 'exit') process.exit(0);
  if (line === 'late') setTimeout(() => { throw new RangeError('too late'); }, 0);
  if (line === 'reject') void Promise.reject(new RangeError('rejected'));
}

export default job({
  name: 'checking',
  map(line, emit, context) {
    check(line);
    if (line === 'NaN') emit('k', NaN);
    if (line === 'surrogate') emit('\\ud800', 1);
    if (line === 'names') for (let i = 0; i < 70; i++) context.counter('name ' + i);
    if (line === 'long') context.counter('x'.repeat(500));
    if (line === 'print') console.log('seen by people only');
    emit(line, 1);
  },
  reduce(key, values, emit) {
    if (key === 'bad') throw new Error('no bad keys');
    emit(key, [...values].length);
  },
});
`;

let children: ReadyChildren;
beforeAll(async () => {
  children = await childrenOf(SOURCE, job({ map() {}, reduce() {} }));
});
afterAll(() => children.remove());

const ENV = {
  mapreduce_task_partition: '7',
  mapreduce_task_attempt_id: 'attempt_1700000000000_0001_m_000007_2',
  mapreduce_map_input_file: 'hdfs://nn:8020/in/a file.txt',
};
const mapping = (line: string): string => `0\tfine\n5\t${line}\n100\tnever\n`;

describe('in map', () => {
  test.each([
    ['throw', 'LISPING_E_MAP_THREW', 4],
    ['exit', 'LISPING_E_TASK_DIED', 5],
    ['NaN', 'LISPING_E_VALUE', 14],
    ['surrogate', 'LISPING_E_KEY', 15],
  ])('%s', (line, code, place) => {
    const { failure, code: exit, log } = children.map(mapping(line), ENV);
    expect(exit).toBe(1);
    expect(failure).toMatchObject({
      version: 1,
      job: 'checking',
      kind: 'map',
      task: 7,
      attempt: 2,
      error: {
        code,
        where: { file: 'job.ts', line: place },
        record: { input: '/in/a file.txt', offset: 5, text: line },
      },
    });
    expect(log.join('\n')).toContain(`lisping:   at job.ts:${place}:`);
    expect(log.some((each) => each.startsWith('reporter:counter:'))).toBe(false);
  });

  test.each([
    ['late', 'LISPING_E_ASYNC', 6],
    ['reject', 'LISPING_E_ASYNC', 7],
  ])('%s, after everything was mapped', (line, code, place) => {
    const { failure, code: exit } = children.map(mapping(line));
    expect(exit).toBe(1);
    expect(failure?.error).toMatchObject({ code, where: { file: 'job.ts', line: place } });
  });

  test.each(['names', 'long'])('%s of counters that Hadoop would not keep', (line) => {
    const { failure, code } = children.map(mapping(line));
    expect(code).toBe(1);
    expect(failure?.error.code).toBe('LISPING_E_COUNTER');
  });
});

test('in reduce, with the key and the number of its group', () => {
  const { failure, code, out } = children.reduce('a\t1\na\t1\nbad\t1\n');
  expect([code, out]).toEqual([1, '']);
  expect(failure).toMatchObject({
    kind: 'reduce',
    error: {
      code: 'LISPING_E_REDUCE_THREW',
      where: { line: 22 },
      record: { offset: 1, text: 'bad' },
    },
  });
});

test('a line that is no pair is not taken for one', () => {
  expect(children.reduce('a\t1\nno pair\n').failure?.error.code).toBe('LISPING_E_INTERNAL');
  expect(children.map('no offset\n').failure?.error.code).toBe('LISPING_E_INTERNAL');
});

test('while the job is loaded', async () => {
  const broken = await childrenOf(
    `const a: any = null;\na.b;\nexport default 1;\n`,
    job({ map() {} }),
  );
  const { failure, code } = broken.map('');
  broken.remove();
  expect(code).toBe(1);
  expect(failure?.error).toMatchObject({
    code: 'LISPING_E_JOB_LOAD',
    where: { file: 'job.ts', line: 2 },
  });
});

test('the line for programs is ASCII, whatever the record was', () => {
  const { log } = children.map('0\tthrow\n', { mapreduce_map_input_file: 'file:/é世𝒳' });
  expect(log.find((line) => line.startsWith('lisping:failure '))).toMatch(/^[\x20-\x7e]+$/);
});

test('what a job prints is no output', () => {
  const { out, log, code } = children.map(mapping('print'));
  expect([out, code]).toEqual(['fine\t1\nprint\t1\nnever\t1\n', 0]);
  expect(log).toContain('seen by people only');
});

test('counters come at the end, with what was read', () => {
  expect(children.map('0\ta\n2\tb\n').log).toEqual([
    'reporter:counter:lisping,lisping.map_input_records,2',
    'reporter:counter:lisping,lisping.map_output_records,2',
    'reporter:counter:lisping check,records_read,2',
  ]);
});
