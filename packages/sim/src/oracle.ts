/**
 * The right answer, computed the obvious way: read everything, map everything, put it into a Map,
 * sort its keys, reduce. It shares no code with the engine or the machines; only the job's own
 * functions, its codecs and the parsers of its format are used.
 *
 * It runs under several orders of values. A job whose outputs differ between them depends on an order
 * that no cluster promises, and the protocol is not blamed for what it prints.
 */
import { isLispingError } from '@lisping/core';
import type { AnyJob } from '@lisping/core';
import type { Expected, ExpectedFailure } from './checkers/checker.ts';
import { createContext } from './oracle/context.ts';
import { formOf, itemOf } from './oracle/form.ts';
import type { Form } from './oracle/form.ts';
import { lineOf } from './oracle/print.ts';
import { readTasks } from './oracle/read.ts';
import type { OracleRecord } from './oracle/read.ts';
import type { OracleSetting } from './oracle/setting.ts';

/** One pair on its way from map to reduce. */
interface Pair {
  readonly partition: number;
  readonly key: Form;
  readonly value: Form;
}

interface Group {
  readonly key: Form;
  values: Form[];
}

/**
 * Orders in which a cluster may bring the values of a key: as emitted, and others, each of which puts
 * other values first, last and next to each other.
 */
type Order = 'promised' | 'reversed' | 'rotated' | 'riffled';

/** How often the combine function is applied, which no cluster promises either. */
type Combining = 'never' | 'once' | 'often';

/** A way in which a cluster may run the job, and which must make no difference. */
interface Way {
  readonly order: Order;
  readonly combining: Combining;
}
const PROMISED: Way = { order: 'promised', combining: 'never' };
const OTHER_WAYS: readonly Way[] = [
  { order: 'reversed', combining: 'once' },
  { order: 'rotated', combining: 'once' },
  { order: 'riffled', combining: 'often' },
];

/** User code failed, at this record. */
class Failure extends Error {
  readonly failure: ExpectedFailure;
  constructor(failure: ExpectedFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What the parts of the job must be, or how it must fail. */
export function expectedOutput(setting: OracleSetting): Expected {
  const tasks = readTasks(setting.job, setting.inputs, setting.splits);
  if (setting.reduces === 0) {
    return settled(tasks.map((records, task) => () => printTask(setting, task, records)));
  }
  const pairs = attempts(tasks.map((records, task) => () => mapTask(setting, task, records)));
  if (pairs.failures.length > 0) return { kind: 'error', failures: pairs.failures };
  return underEveryWay(setting, pairs.values);
}

function underEveryWay(setting: OracleSetting, tasks: readonly Pair[][]): Expected {
  const inCombiner = combinerFailure(setting, tasks);
  if (inCombiner !== null) return inCombiner;
  const promised = reduceAll(setting, tasks, PROMISED);
  if (isCombinersOwn(promised)) return promised;
  for (const way of OTHER_WAYS) {
    const answer = reduceAll(setting, tasks, way);
    if (differenceOf(promised, answer) === null) continue;
    const uncombined = reduceAll(setting, tasks, { ...way, combining: 'never' });
    const ofOrder = differenceOf(promised, uncombined);
    const detail =
      ofOrder === null ? combinersDetail(promised, answer) : `${ofOrder}${DEPENDING_ON_ORDER}`;
    return { kind: 'order-dependent', detail };
  }
  return promised;
}

const DEPENDING_ON_ORDER = ', depending on the order of the values of a key';

/** Why a job is not the same with its combiner: said apart, for no sorting in reduce mends it. */
function combinersDetail(promised: Expected, answer: Expected): string {
  if (answer.kind === 'error' && isCombinersOwn(answer)) {
    const [failure] = answer.failures;
    return `the combiner fails over results of its own: ${failure?.message ?? ''}`;
  }
  const difference = differenceOf(promised, answer) ?? '';
  return `${difference}, depending on how often the combiner runs`;
}

/** Every host applies a combine function once to each map task; where that fails, the job does. */
function combinerFailure(setting: OracleSetting, tasks: readonly Pair[][]): Expected | null {
  try {
    for (const pairs of tasks) combineTask(setting, pairs, 'once');
    return null;
  } catch (error) {
    return failureOfCombiner(setting, error);
  }
}

/** Failed in a combine function or a fold: no record of reduce is named. */
function isCombinersOwn(answer: Expected): boolean {
  return answer.kind === 'error' && answer.failures.every(({ record }) => record === null);
}

// -------------------------------------------------------------------- map

function printTask(
  setting: OracleSetting,
  task: number,
  records: readonly OracleRecord[],
): Uint8Array {
  const lines: string[] = [];
  mapRecords(setting, task, records, (key, value) => {
    lines.push(lineOf(setting.job, key, value));
  });
  return Buffer.from(lines.join(''), 'latin1');
}

/** The pairs of one map task; under a fold one for each key, with what was accumulated. */
function mapTask(setting: OracleSetting, task: number, records: readonly OracleRecord[]): Pair[] {
  const { job, reduces } = setting;
  const { combine } = job;
  const pairs: Pair[] = [];
  const folded = new Map<
    string,
    { key: Form; partition: number; offset: number; total: unknown }
  >();
  mapRecords(setting, task, records, (key, value, offset) => {
    const form = formOf(job.key, key, 'key');
    if (combine.kind !== 'fold') {
      const partition = partitionOf(job, key, form, reduces);
      pairs.push({ partition, key: form, value: formOf(job.value, value, 'value') });
      return;
    }
    let entry = folded.get(form.wire);
    if (entry === undefined) {
      const partition = partitionOf(job, key, form, reduces);
      entry = { key: form, partition, offset, total: combine.fold.start() };
      folded.set(form.wire, entry);
    }
    entry.total = combine.fold.add(entry.total, value === 0 ? 0 : value);
  });
  for (const { key, partition, offset, total } of folded.values()) {
    const at = { input: fileOf(setting, task), offset };
    const value = blaming(at, () => formOf(job.value, total, 'value'));
    pairs.push({ partition, key, value });
  }
  return pairs;
}

function mapRecords(
  setting: OracleSetting,
  task: number,
  records: readonly OracleRecord[],
  emit: (key: unknown, value: unknown, offset: number) => void,
): void {
  const { job } = setting;
  const file = fileOf(setting, task);
  const place = { file, offset: 0 };
  const context = createContext(setting, 'map', task, place);
  for (const { record, offset } of records) {
    place.offset = offset;
    blaming({ input: file, offset }, () =>
      synchronous(
        job.map(record, (key: unknown, value?: unknown) => emit(key, value, offset), context),
      ),
    );
  }
}

function fileOf({ job, inputs, splits }: OracleSetting, task: number): string {
  if (job.source !== null) return 'source';
  return inputs[splits[task]?.file ?? 0]?.path ?? '';
}

/** The user's own choice, or Hadoop's hash of the encoded key. */
function partitionOf(job: AnyJob, key: unknown, { wire }: Form, reduces: number): number {
  if (job.partition !== null) {
    const chosen: unknown = job.partition(key, reduces);
    if (Number.isInteger(chosen) && Number(chosen) >= 0 && Number(chosen) < reduces) {
      return Number(chosen);
    }
    throw new RangeError(`partition ${String(chosen)} of ${reduces}`);
  }
  let hash = job.sortValues ? 0 : 1;
  for (let i = 0; i < wire.length; i++) {
    const byte = wire.charCodeAt(i);
    hash = (Math.imul(31, hash) + (byte < 128 ? byte : byte - 256)) | 0;
  }
  return (hash & 0x7fffffff) % reduces;
}

// -------------------------------------------------------------------- reduce

function reduceAll(setting: OracleSetting, tasks: readonly Pair[][], way: Way): Expected {
  try {
    const groups = groupAll(setting, tasks, way);
    return settled(groups.map((group, partition) => () => reduceTask(setting, partition, group)));
  } catch (error) {
    // Only a combine function or a fold can fail while groups are made.
    return failureOfCombiner(setting, error);
  }
}

function failureOfCombiner({ job, reduces }: OracleSetting, error: unknown): Expected {
  const message = error instanceof Error ? error.message : String(error);
  assertCombines(job, reduces);
  return { kind: 'error', failures: [{ record: null, message }] };
}

function assertCombines({ combine }: AnyJob, reduces: number): void {
  if (combine.kind === 'none') throw new Error(`grouping into ${reduces} partitions cannot fail`);
}

/** For each partition its groups, by key. */
function groupAll(
  setting: OracleSetting,
  tasks: readonly Pair[][],
  { order, combining }: Way,
): Map<string, Group>[] {
  const partitions = Array.from({ length: setting.reduces }, () => new Map<string, Group>());
  for (const pairs of tasks) {
    for (const { partition, key, value } of combineTask(setting, pairs, combining)) {
      const groups = partitions[partition];
      const group = groups?.get(key.wire);
      if (group === undefined) groups?.set(key.wire, { key, values: [value] });
      else group.values.push(value);
    }
  }
  for (const groups of partitions) {
    for (const group of groups.values()) arrange(setting.job, group, order);
  }
  return partitions;
}

/**
 * Combining is optional, and results may be combined again: often is the values in halves, then what
 * came of the halves, and then that once more, because a count of two halves of one value is right.
 */
function combineTask(
  setting: OracleSetting,
  pairs: readonly Pair[],
  combining: Combining,
): readonly Pair[] {
  if (setting.job.combine.kind !== 'function' || combining === 'never') return pairs;
  const groups = new Map<string, Pair[]>();
  for (const pair of pairs) {
    const group = groups.get(pair.key.wire);
    if (group === undefined) groups.set(pair.key.wire, [pair]);
    else group.push(pair);
  }
  return [...groups.values()].flatMap((group) => {
    if (combining === 'once') return combineGroup(setting, group);
    const half = Math.ceil(group.length / 2);
    const halves = [group.slice(0, half), group.slice(half)];
    const ofHalves = halves.flatMap((pairsOfHalf) => combineGroup(setting, pairsOfHalf));
    return combineGroup(setting, combineGroup(setting, ofHalves));
  });
}

/** What the combine function makes of pairs with one key; of none it is not asked. */
function combineGroup(setting: OracleSetting, pairs: readonly Pair[]): Pair[] {
  const { job } = setting;
  const { combine } = job;
  const [first] = pairs;
  if (first === undefined || combine.kind !== 'function') return [];
  const context = createContext(setting, 'map', 0, { file: '', offset: 0 });
  const combined: Pair[] = [];
  const emit = (key: unknown, value?: unknown): void => {
    if (formOf(job.key, key, 'key').wire !== first.key.wire) throw new Error('another key');
    combined.push({ ...first, value: formOf(job.value, value, 'value') });
  };
  const values = pairs.map(({ value }) => value);
  synchronous(combine.combine(itemOf(job.key, first.key), onePass(job, values), emit, context));
  return combined;
}

/** Puts the values of one key into one of the orders in which a cluster may bring them. */
function arrange(job: AnyJob, group: Group, order: Order): void {
  const { combine } = job;
  if (combine.kind === 'fold' && order === 'promised') {
    const totals = group.values.map((value) => itemOf(job.value, value));
    const [first, ...rest] = totals;
    const total = rest.reduce((left, right) => combine.fold.merge(left, right), first);
    group.values = [formOf(job.value, total, 'value')];
  }
  group.values = inOrder(group.values, order);
  if (job.sortValues) group.values.sort((a, b) => compare(a.wire, b.wire));
}

function inOrder(values: Form[], order: Order): Form[] {
  switch (order) {
    case 'promised':
      return values;
    case 'reversed':
      return values.toReversed();
    case 'rotated':
      return [...values.slice(1), ...values.slice(0, 1)];
    case 'riffled':
      return [...values.filter((_, i) => i % 2 === 1), ...values.filter((_, i) => i % 2 === 0)];
  }
}

function reduceTask(
  setting: OracleSetting,
  partition: number,
  groups: Map<string, Group>,
): Uint8Array {
  const { job } = setting;
  const lines: string[] = [];
  const place = { file: `reduce-${partition}`, offset: 0 };
  const context = createContext(setting, 'reduce', partition, place);
  const end = job.sortValues ? '\t' : '';
  const keys = [...groups.keys()].sort((a, b) => compare(a + end, b + end));
  keys.forEach((wire, number) => {
    const group = groups.get(wire);
    if (group === undefined || job.reduce === null) return;
    const { reduce } = job;
    blaming({ input: place.file, offset: number }, () => {
      const values = onePass(job, group.values);
      const emit = (key: unknown, value?: unknown): void => {
        lines.push(lineOf(job, key, value));
      };
      synchronous(reduce(itemOf(job.key, group.key), values, emit, context));
    });
  });
  return Buffer.from(lines.join(''), 'latin1');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Values can be gone through once. */
function onePass(job: AnyJob, values: readonly Form[]): Iterable<unknown> {
  let isRead = false;
  return {
    *[Symbol.iterator]() {
      if (isRead) throw new Error('the values of a key were read twice');
      isRead = true;
      for (const value of values) yield itemOf(job.value, value);
    },
  };
}

// -------------------------------------------------------------------- failures

function synchronous(result: unknown): void {
  if (typeof result !== 'object' || result === null) return;
  if ('then' in result || 'next' in result) throw new TypeError('not synchronous');
}

/** Runs user code; what it throws is the failure of this record. */
function blaming<T>(record: { input: string; offset: number }, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Failure({ record, message: isLispingError(error) ? error.code : message });
  }
}

/** Runs every task; one that fails does not keep the others from being tried. */
function attempts<T>(tasks: readonly (() => T)[]): { values: T[]; failures: ExpectedFailure[] } {
  const values: T[] = [];
  const failures: ExpectedFailure[] = [];
  for (const task of tasks) {
    try {
      values.push(task());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(error.failure);
    }
  }
  return { values, failures };
}

function settled(tasks: readonly (() => Uint8Array)[]): Expected {
  const { values, failures } = attempts(tasks);
  return failures.length > 0 ? { kind: 'error', failures } : { kind: 'parts', parts: values };
}

// -------------------------------------------------------------------- orders

/** The first difference between two answers, in words; null when there is none. */
function differenceOf(a: Expected, b: Expected): string | null {
  if (a.kind !== 'parts' || b.kind !== 'parts') {
    if (a.kind === b.kind) return null;
    return 'the job fails or does not fail';
  }
  const part = a.parts.findIndex((bytes, i) => Buffer.compare(bytes, b.parts[i] ?? bytes) !== 0);
  if (part < 0) return null;
  const left = linesOf(a.parts[part]);
  const right = linesOf(b.parts[part]);
  const line = left.findIndex((text, i) => text !== right[i]);
  return `part ${part}, line ${line + 1} is "${left[line] ?? ''}" or "${right[line] ?? ''}"`;
}

function linesOf(part: Uint8Array | undefined): string[] {
  return Buffer.from(part ?? [])
    .toString('utf8')
    .split('\n');
}
