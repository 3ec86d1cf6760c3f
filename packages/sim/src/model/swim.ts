/**
 * SWIM's tables of MapReduce jobs: one per line, fields divided by TAB: id, second of the submit, gap
 * to the job before, bytes of map input, of shuffle, and of reduce output, then paths, which nobody
 * needs here. There are no tasks in them: these are made of the bytes, as a cluster would.
 */
import type { Microseconds } from '@lisping/core';
import type { ModelJob } from './model.ts';
import type { Fail } from './fail.ts';

/** HDFS's block, and so the split of one map. */
const SPLIT_BYTES = 134_217_728;
/** What one reduce shuffles: Hive's default. */
const REDUCE_BYTES = 268_435_456;
/** Starting a task, and what passes through one in a microsecond: the simulator's own rates. */
const TASK_BASE: Microseconds = 3_000_000;
const BYTES_PER_MICROSECOND = 20;
/** More tasks of one kind than these in one job are a mistake in the file. */
const TASKS_MAX = 1_000_000;
/** A hundred years. */
const SECONDS_MAX = 3_155_760_000;

const FIELDS = ['job id', 'submit', 'gap', 'map input bytes', 'shuffle bytes', 'output bytes'];

export function parseSwim(text: string, fail: Fail): ModelJob[] {
  const jobs: ModelJob[] = [];
  const lines = new Map<string, number>();
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return;
    const failHere: Fail = (what) => fail(`line ${index + 1}: ${what}`);
    const job = parseLine(raw.replace(/\r$/, ''), failHere);
    const before = lines.get(job.id);
    if (before !== undefined) failHere(`job ${job.id} is on line ${before} already`);
    lines.set(job.id, index + 1);
    jobs.push(job);
  });
  return jobs;
}

function parseLine(line: string, fail: Fail): ModelJob {
  const fields = line.split('\t').map((field) => field.trim());
  if (fields.length < FIELDS.length) {
    fail(`has ${fields.length} of the ${FIELDS.length} fields that are divided by TAB`);
  }
  const [id = ''] = fields;
  if (id === '') fail('the job id is empty');
  const seconds = numberAt(fields, 1, fail);
  if (seconds > SECONDS_MAX) fail(`submit is ${seconds} s, more than a hundred years`);
  numberAt(fields, 2, fail);
  const inputBytes = numberAt(fields, 3, fail);
  const shuffleBytes = numberAt(fields, 4, fail);
  const outputBytes = numberAt(fields, 5, fail);
  const maps = Math.max(1, Math.ceil(inputBytes / SPLIT_BYTES));
  const isMapOnly = shuffleBytes === 0;
  const reduces = isMapOnly ? 0 : Math.ceil(shuffleBytes / REDUCE_BYTES);
  if (Math.max(maps, reduces) > TASKS_MAX) fail(`${id} would have more than ${TASKS_MAX} tasks`);
  const mapBytes = inputBytes + (isMapOnly ? outputBytes : shuffleBytes);
  return {
    id,
    after: Math.round(seconds * 1_000_000),
    maps: { count: maps, durations: [durationOf(mapBytes / maps)] },
    reduces: {
      count: reduces,
      durations: reduces === 0 ? [] : [durationOf((shuffleBytes + outputBytes) / reduces)],
    },
    inputBytes,
    shuffleBytes,
    outputBytes,
  };
}

function durationOf(bytes: number): Microseconds {
  return TASK_BASE + Math.ceil(bytes / BYTES_PER_MICROSECOND);
}

function numberAt(fields: readonly string[], index: number, fail: Fail): number {
  const text = fields[index] ?? '';
  const name = FIELDS[index] ?? '';
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text)) {
    return fail(`${name} is ${JSON.stringify(text)}, and must be a number, not negative`);
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : fail(`${name} is too large: ${text}`);
}
