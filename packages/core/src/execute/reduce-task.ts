// A reduce task: segments are merged, groups stream through the user's `reduce`, and lines come out.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { readValue, wireOf } from '../codec/wire.ts';
import { assert } from '../errors/assert.ts';
import { Blame } from './blame.ts';
import { CounterSet, type Counters } from './counters.ts';
import { GroupMerge } from './merge.ts';
import type { Position } from './position.ts';
import { createPrinter } from './print.ts';
import type { SegmentSource } from './segment.ts';
import type { TaskSetting } from './setting.ts';
import { createContext } from './task-context.ts';
import { NO_VALUE, Values } from './values.ts';

const CHUNK = 0x1_0000; // bytes of output that are written at once

/** What a host may ask for beside the result. */
export interface ReduceOptions {
  /** A keyed draw from 0 to n - 1, by which the values of every key are permuted (not those of a `sortValues` job). */
  readonly shuffleValues?: (n: number) => number;
}

/** What a reduce attempt gives beside its bytes. */
export interface ReduceOutput {
  readonly counters: Counters;
  /** Lines that were written. */
  readonly records: number;
}

/**
 * Runs a reduce attempt over the segments of all maps, in order of the maps. Values of one key come in
 * that order, and in order of emission within a map. `write` may keep the chunks it is given.
 *
 * @example
 * const part: Uint8Array[] = [];
 * executeReduce(setting, segments.map(segmentSource), (chunk) => part.push(chunk));
 */
export function executeReduce(
  setting: TaskSetting,
  segments: readonly SegmentSource[],
  write: (chunk: Uint8Array) => void,
  options: ReduceOptions = {},
): ReduceOutput {
  const { job, decode = decodeUtf8 } = setting;
  const { reduce } = job;
  assert(reduce !== null, 'a reduce task has a reduce function');
  const counters = new CounterSet();
  const merge = new GroupMerge(job, segments);
  const input = `reduce-${setting.task}`;
  const position: Position = {
    input,
    offset: 0,
    text: () => decode(merge.key, 0, merge.key.length),
  };
  const blame = new Blame(position);
  const context = createContext(setting, counters, blame);
  const print = createPrinter(setting, blame);
  const out = new ByteWriter(CHUNK);
  const keyWire = wireOf(job.key);
  const pullValue = valuesOf(setting, merge, blame, options);
  let groups = 0;
  let records = 0;
  let isReducing = false;
  const emit = (key: unknown, value?: unknown): void => {
    if (!isReducing) throw blame.late('reduce');
    print(out, key, value);
    records++;
    if (out.length >= CHUNK) flush(out, write);
  };

  while (merge.nextGroup()) {
    position.offset = groups++;
    const values = new Values(pullValue(), blame);
    isReducing = true;
    try {
      const key = keyWire.read(merge.key, 0, merge.key.length, 'key', decode);
      const result: unknown = reduce(key, values, emit, context);
      blame.check('reduce', result);
    } catch (cause) {
      throw blame.threw('LISPING_E_REDUCE_THREW', 'reduce', cause);
    } finally {
      isReducing = false;
    }
    values.close();
  }
  flush(out, write);
  counters.add('lisping.reduce_input_groups', groups);
  counters.add('lisping.reduce_input_records', merge.passed);
  counters.add('lisping.reduce_output_records', records);
  return { counters: counters.snapshot(), records };
}

/** Per group: a function that gives its values one by one. */
function valuesOf(
  setting: TaskSetting,
  merge: GroupMerge,
  blame: Blame,
  { shuffleValues }: ReduceOptions,
): () => () => unknown {
  const { job, decode = decodeUtf8 } = setting;
  const wire = wireOf(job.value);
  const pull = (): unknown => {
    if (!merge.nextValue()) return NO_VALUE;
    try {
      return readValue(wire, merge.bytes, merge.start, merge.end, decode);
    } catch (cause) {
      throw blame.refused('value', cause);
    }
  };
  if (shuffleValues === undefined || job.sortValues) return () => pull;
  return () => {
    const values: unknown[] = [];
    for (let value = pull(); value !== NO_VALUE; value = pull()) values.push(value);
    permute(values, shuffleValues);
    let at = 0;
    return () => (at < values.length ? values[at++] : NO_VALUE);
  };
}

function permute(values: unknown[], draw: (n: number) => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    [values[last], values[other]] = [values[other], values[last]];
  }
}

function flush(out: ByteWriter, write: (chunk: Uint8Array) => void): void {
  if (out.length === 0) return;
  write(out.take());
  out.length = 0;
}
