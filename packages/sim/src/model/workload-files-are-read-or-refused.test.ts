import { isLispingError } from '@lisping/core';
import { describe, expect, test } from 'vitest';
import { parseWorkload } from './workload-file.ts';

const MEGABYTE = 1024 * 1024;
const swim = (...rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.join('\t')}\n`).join('');

const map = { 'container.type': 'map', 'container.start.ms': 1000, 'container.end.ms': 3500 };
const reduce = { 'container.type': 'reduce', 'duration.ms': 700, count: 2 };
const slsJob = (more: object = {}): object => ({
  'am.type': 'mapreduce',
  'job.start.ms': 5000,
  'job.end.ms': 90_000,
  'job.queue.name': 'a',
  'job.id': 'one',
  'job.user': 'somebody',
  'job.tasks': [map, map, reduce],
  ...more,
});

function refusal(text: string): string {
  try {
    parseWorkload(text, 'jobs.txt');
  } catch (error) {
    if (isLispingError(error) && error.code === 'LISPING_E_WORKLOAD_FILE') return error.message;
    throw error;
  }
  return 'it was read';
}

describe("SWIM's table", () => {
  test('gives jobs whose tasks are made of their bytes', () => {
    const text = swim(
      ['late', 30, 10, 300 * MEGABYTE, 600 * MEGABYTE, MEGABYTE, 'some/path'],
      ['early', 20, 0, 0, 0, 0],
    );
    const [late, early] = parseWorkload(text, 'x.tsv').jobs;
    expect(late).toMatchObject({ id: 'late', after: 10_000_000 });
    expect([late?.maps.count, late?.reduces.count]).toEqual([3, 3]);
    expect(late?.maps.durations).toEqual([3_000_000 + Math.ceil((300 * MEGABYTE) / 20)]);
    expect(early).toMatchObject({ after: 0, maps: { count: 1 }, reduces: { count: 0 } });
  });

  test('may have Windows line ends, blank lines and spaces around its fields', () => {
    const text = 'a \t0\t0\t1\t1\t1\r\n\r\nb\t 1 \t1\t1\t1\t1\r\n';
    expect(parseWorkload(text, 'x').jobs.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  test.each([
    ['a\t0\t0\t1\t1\t1\nb\t1\t1\t1\t1\n', 'line 2: has 5 of the 6 fields'],
    ['a\t0\t0\t1\t-1\t1\n', 'line 1: shuffle bytes is "-1"'],
    ['a\t0\t0\tmany\t1\t1\n', 'line 1: map input bytes is "many"'],
    ['\t0\t0\t1\t1\t1\n', 'line 1: the job id is empty'],
    ['a\t0\t0\t1\t1\t1\n\na\t1\t1\t1\t1\t1\n', 'line 3: job a is on line 1 already'],
    ['a\t99999999999\t0\t1\t1\t1\n', 'line 1: submit is 99999999999 s'],
    ['a\t0\t0\t9007199254740991\t1\t1\n', 'line 1: a would have more than 1000000 tasks'],
    ['some words', 'line 1: has 1 of the 6 fields'],
    [' \n', 'the file is empty'],
  ])('%j is refused: %s', (text, message) => {
    expect(refusal(text)).toContain(`jobs.txt: ${message}`);
  });
});

describe("SLS's JSON", () => {
  test.each([
    [
      'one after the other',
      (jobs: readonly object[]) => jobs.map((job) => JSON.stringify(job)).join('\n'),
    ],
    ['in an array', (jobs: readonly object[]) => JSON.stringify(jobs, null, 2)],
  ])('gives jobs with their tasks, %s', (_, write) => {
    const second = slsJob({ 'job.id': '{two"}', 'job.start.ms': 9000, 'job.count': 2 });
    const { jobs } = parseWorkload(write([slsJob(), second]), 'x.json');
    expect(jobs.map(({ id, after }) => [id, after])).toEqual([
      ['one', 0],
      ['{two"}-0', 4_000_000],
      ['{two"}-1', 4_000_000],
    ]);
    expect(jobs[0]?.maps).toEqual({ count: 2, durations: [2_500_000, 2_500_000] });
    expect(jobs[0]?.reduces).toEqual({ count: 2, durations: [700_000, 700_000] });
  });

  const two = (more: object): string =>
    `${JSON.stringify(slsJob())}\n${JSON.stringify(slsJob(more))}`;
  test.each([
    [two({}), 'job 1 (line 2): another job has the id one already'],
    [two({ 'job.id': 'b', 'job.tasks': [] }), 'job 1 (line 2): it has no map task'],
    [two({ 'job.id': 'b', 'job.tasks': 3 }), 'job 1 (line 2): job.tasks is no list'],
    [two({ 'job.id': 'b', 'job.start.ms': -1 }), 'job 1 (line 2): job.start.ms is -1'],
    [two({ 'job.id': 'b', 'am.type': 'spark' }), 'job 1 (line 2): am.type is "spark"'],
    [
      two({ 'job.id': 'b', 'job.tasks': [map, { ...map, 'container.type': 'am' }] }),
      'job 1 (line 2): task 1: container.type is "am"',
    ],
    [
      two({ 'job.id': 'b', 'job.tasks': [{ ...map, 'container.end.ms': 1000 }] }),
      'job 1 (line 2): task 0: container.end.ms is 1000, not after',
    ],
    [
      two({ 'job.id': 'b', 'job.tasks': [{ 'container.type': 'map' }] }),
      'job 1 (line 2): task 0: it has neither duration.ms nor',
    ],
    ['{\n "job.id": 1,\n oops }', 'line 3: no JSON'],
    ['{ "job.id": "a"', 'line 1: the job that begins here has no end'],
    ['[{}', 'line 1: the array has no end'],
    ['[] []', 'line 1: something follows the end of the array'],
    ['[]', 'the file has no job'],
    ['{} 7', 'line 1: a job must begin with {'],
  ])('%j is refused: %s', (text, message) => {
    expect(refusal(text)).toContain(`jobs.txt: ${message}`);
  });
});
