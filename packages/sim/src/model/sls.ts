/**
 * The JSON of YARN's Scheduler Load Simulator: jobs one after the other, or in an array, each with
 * its tasks and their times. Hosts, queues, users and priorities say where work ran in the past, and
 * are left to the scheduler here.
 */
import type { Microseconds } from '@lisping/core';
import { jsonValues } from './json-values.ts';
import type { ModelJob } from './model.ts';
import type { Fail } from './fail.ts';

type Fields = Readonly<Record<string, unknown>>;

const TASK_TYPES = ['map', 'reduce'] as const;
type TaskType = (typeof TASK_TYPES)[number];

/** A count beyond this is a mistake in the file. */
const COUNT_MAX = 1_000_000;

export function parseSls(text: string, fail: Fail): ModelJob[] {
  const jobs: ModelJob[] = [];
  const ids = new Set<string>();
  jsonValues(text, fail).forEach(({ value, line }, index) => {
    const failHere: Fail = (what) => fail(`job ${index} (line ${line}): ${what}`);
    const fields = fieldsOf(value, failHere);
    const id = idOf(fields, index, failHere);
    const count = countOf(fields, 'job.count', failHere);
    for (let copy = 0; copy < count; copy++) {
      const name = count === 1 ? id : `${id}-${copy}`;
      if (ids.has(name)) failHere(`another job has the id ${name} already`);
      ids.add(name);
      jobs.push(jobOf(name, fields, failHere));
    }
  });
  return jobs;
}

function idOf(fields: Fields, index: number, fail: Fail): string {
  const id = fields['job.id'] ?? `job-${index}`;
  if (typeof id === 'string' && id !== '') return id;
  return typeof id === 'number' ? String(id) : fail('job.id is no text');
}

function jobOf(id: string, fields: Fields, fail: Fail): ModelJob {
  const type = fields['am.type'] ?? 'mapreduce';
  if (type !== 'mapreduce') {
    fail(`am.type is ${JSON.stringify(type)}, and only "mapreduce" can be run`);
  }
  const durations: Record<TaskType, Microseconds[]> = { map: [], reduce: [] };
  const tasks = fields['job.tasks'];
  if (!Array.isArray(tasks)) return fail('job.tasks is no list');
  const list: readonly unknown[] = tasks;
  list.forEach((value, place) => {
    const failHere: Fail = (what) => fail(`task ${place}: ${what}`);
    addTask(durations, fieldsOf(value, failHere), failHere);
  });
  if (durations.map.length === 0) fail('it has no map task');
  return {
    id,
    after: Math.round((wholeOf(fields, 'job.start.ms', fail) ?? 0) * 1000),
    maps: { count: durations.map.length, durations: durations.map },
    reduces: { count: durations.reduce.length, durations: durations.reduce },
    inputBytes: 0,
    shuffleBytes: 0,
    outputBytes: 0,
  };
}

function addTask(durations: Record<TaskType, Microseconds[]>, task: Fields, fail: Fail): void {
  const given = task['container.type'];
  const type = TASK_TYPES.find((known) => known === given);
  if (type === undefined) {
    const words = given === undefined ? 'is missing' : `is ${JSON.stringify(given)}`;
    return fail(`container.type ${words}, and must be "map" or "reduce"`);
  }
  const duration = millisecondsOf(task, fail) * 1000;
  const count = countOf(task, 'count', fail);
  for (let i = 0; i < count; i++) durations[type].push(duration);
}

/** A duration, or the difference of two times. */
function millisecondsOf(task: Fields, fail: Fail): number {
  const given = wholeOf(task, 'container.duration.ms', fail) ?? wholeOf(task, 'duration.ms', fail);
  if (given !== undefined) return given > 0 ? given : fail('its duration is not positive');
  const start = wholeOf(task, 'container.start.ms', fail);
  const end = wholeOf(task, 'container.end.ms', fail);
  if (start === undefined || end === undefined) {
    return fail('it has neither duration.ms nor container.start.ms and container.end.ms');
  }
  return end > start
    ? end - start
    : fail(`container.end.ms is ${end}, not after container.start.ms, ${start}`);
}

function countOf(fields: Fields, name: string, fail: Fail): number {
  const count = wholeOf(fields, name, fail) ?? 1;
  if (count >= 1 && count <= COUNT_MAX) return count;
  return fail(`${name} is ${count}, and must be from 1 to ${COUNT_MAX}`);
}

/** A whole number, which some tools write as a text. */
function wholeOf(fields: Fields, name: string, fail: Fail): number | undefined {
  const given = fields[name];
  if (given === undefined) return undefined;
  const value = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  // In microseconds it must still be exact.
  if (typeof value === 'number' && Number.isSafeInteger(value * 1000) && value >= 0) return value;
  return fail(`${name} is ${JSON.stringify(given)}, and must be a whole number, not negative`);
}

function fieldsOf(value: unknown, fail: Fail): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fail('is no JSON object');
  }
  return { ...value };
}
