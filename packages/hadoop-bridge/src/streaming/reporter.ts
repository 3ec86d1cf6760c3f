// What a child says on standard error. Lines that begin with `reporter:` are orders to Hadoop, all others
// end up in the task's log, which is the only thing that survives a failure.
import { LispingError, type Counters, type ErrorReport } from '@lisping/core';
import { writeFully } from './standard-output.ts';

const STDERR = 2;
const STATUS_MAX = 512; // Hadoop cuts longer ones
const STATUS_EVERY_MS = 1000;
const NAME_MAX = 63; // what Hadoop leaves of a counter's name
const GROUP_MAX = 127; // and of its group's
const COUNTERS_MAX = 60; // Hadoop fails a job with more than 120, its own included

/** The group of a job's counters, and what begins the group of one whose name is too long for Hadoop. */
const COUNTER_GROUP = 'lisping';
/** The group of `records_read`: what a child read, to be compared with what Hadoop gave it. */
export const CHECK_GROUP = 'lisping check';
/** What begins the line that holds an error for programs: JSON follows, in ASCII. */
const FAILURE_MARK = 'lisping:failure ';

/** The failure of a task, as its log holds it. */
export interface TaskFailure {
  readonly version: 1;
  readonly job: string;
  readonly kind: 'map' | 'reduce';
  readonly task: number;
  readonly attempt: number;
  readonly error: ErrorReport;
}

/** Writes a line to the log, or an order to Hadoop. */
function writeLine(line: string): void {
  writeFully(STDERR, Buffer.from(`${line}\n`));
}

/** Says what a task is doing, but not more often than anybody could read it. */
export function createStatus(): (text: string) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (text) => {
    const now = performance.now();
    if (now - last < STATUS_EVERY_MS) return;
    last = now;
    writeLine(statusLine(text));
  };
}

/** The order that shows a text as the status of the task. */
function statusLine(text: string): string {
  return `reporter:status:${text.replaceAll(/[\r\n]+/g, ' ').slice(0, STATUS_MAX)}`;
}

/** Reports the counters of an attempt that has succeeded. Throws LISPING_E_COUNTER for what Hadoop would not keep. */
export function reportCounters(counters: Counters, recordsRead: number): void {
  const entries = Object.entries(counters);
  if (entries.length > COUNTERS_MAX) {
    throw new LispingError(
      'LISPING_E_COUNTER',
      `the task has ${entries.length} counters, and Hadoop has room for ${COUNTERS_MAX}`,
      { hint: 'Count fewer different names; write what has many names to the output instead.' },
    );
  }
  const lines = entries.map(([name, n]) => `reporter:counter:${counterName(name)},${n}`);
  lines.push(`reporter:counter:${CHECK_GROUP},records_read,${recordsRead}`);
  writeLine(lines.join('\n'));
}

/** `group,name`. The beginning of a name that is too long for Hadoop goes into the name of the group. */
function counterName(name: string): string {
  if (name.length <= NAME_MAX) return `${COUNTER_GROUP},${name}`;
  const head = `${COUNTER_GROUP}:${name.slice(0, -NAME_MAX)}`;
  if (head.length <= GROUP_MAX) return `${head},${name.slice(-NAME_MAX)}`;
  throw new LispingError(
    'LISPING_E_COUNTER',
    `the name of the counter ${name} is too long for Hadoop`,
  );
}

/**
 * The name that a job gave to a counter of Hadoop's; undefined for one that is no job's.
 *
 * @example
 * jobCounter('lisping', 'lisping.map_input_records'); // 'lisping.map_input_records'
 */
export function jobCounter(group: string, name: string): string | undefined {
  if (group === COUNTER_GROUP) return name;
  const isLong = group.startsWith(`${COUNTER_GROUP}:`);
  return isLong ? `${group.slice(COUNTER_GROUP.length + 1)}${name}` : undefined;
}

/** Writes a failure twice: one line for programs, some for people. */
export function reportFailure(failure: TaskFailure): void {
  const { code, message, hint, where, record } = failure.error;
  const lines = [`${FAILURE_MARK}${asciiJson(failure)}`, `lisping: ${code}: ${oneLine(message)}`];
  if (where !== undefined) lines.push(`lisping:   at ${where.file}:${where.line}:${where.column}`);
  if (record !== undefined) {
    const place = `${record.input}, byte ${record.offset}`;
    lines.push(`lisping:   record ${oneLine(place)}: ${oneLine(record.text)}`);
  }
  lines.push(`lisping:   ${oneLine(hint)}`);
  writeLine(lines.join('\n'));
}

/** The failure in a line of a task's log; undefined when it holds none. */
export function failureIn(line: string): TaskFailure | undefined {
  if (!line.startsWith(FAILURE_MARK)) return undefined;
  try {
    return JSON.parse(line.slice(FAILURE_MARK.length)) as TaskFailure; // written by reportFailure
  } catch {
    return undefined; // cut by whoever keeps the log
  }
}

/** Java writes logs in the encoding of the machine, which may know no other characters. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
