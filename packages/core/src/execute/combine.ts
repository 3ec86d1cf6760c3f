// A combine function, applied to the sorted pairs of one map task, group by group. It may leave out
// values, merge them or repeat them, but a key it emits must be the group's: another one would land in
// the wrong place of a sorted segment.
import { compareRanges } from '../bytes/compare.ts';
import type { Decoder } from '../bytes/utf8-decode.ts';
import { readValue, wireOf } from '../codec/wire.ts';
import { LispingError } from '../errors/lisping-error.ts';
import type { AnyJob } from '../job/any-job.ts';
import type { Context } from '../job/context.ts';
import type { CombineFunction } from '../job/functions.ts';
import type { Blame } from './blame.ts';
import type { CounterSet } from './counters.ts';
import type { PairWriter } from './pair-writer.ts';
import type { Position } from './position.ts';
import type { RecordStore } from './record-store.ts';
import { keyEnd } from './sorted-key.ts';
import { NO_VALUE, Values } from './values.ts';

/** What combining needs beside the pairs. */
export interface CombineSetting {
  readonly job: AnyJob;
  readonly combine: CombineFunction<unknown, unknown>;
  readonly context: Context;
  readonly counters: CounterSet;
  readonly blame: Blame;
  readonly position: Position;
  readonly decode: Decoder;
}

/** Combines every group of `store`, in sorted order, into `pairs`. */
export function combineGroups(
  setting: CombineSetting,
  store: RecordStore,
  order: Uint32Array,
  pairs: PairWriter,
): void {
  const { position, context } = setting;
  const { input, offset, text } = position;
  // What was read last says nothing about a group: its number in the task does.
  position.input = `map-${context.task}`;
  position.offset = 0;
  let from = 0;
  while (from < order.length) {
    let to = from + 1;
    while (to < order.length && sameGroup(setting.job, store, order[from]!, order[to]!)) to++;
    combineGroup(setting, store, order.subarray(from, to), pairs);
    from = to;
    position.offset++;
  }
  Object.assign(position, { input, offset, text }); // the task may go on
  setting.counters.add('lisping.combine_input_records', store.count);
  setting.counters.add('lisping.combine_output_records', pairs.store.count);
}

function combineGroup(
  setting: CombineSetting,
  store: RecordStore,
  group: Uint32Array,
  pairs: PairWriter,
): void {
  const { job, blame, decode, combine, context, position } = setting;
  const { bytes } = store.arena;
  const first = group[0]!;
  const start = store.starts[first]!;
  const end = keyEnd(job, bytes, start, store.middles[first]!);
  const key = pairs.keyWire.read(bytes, start, end, 'key', decode);
  position.text = () => decode(bytes, start, end);

  const emit = (emitted: unknown, value?: unknown): void => {
    const { arena } = pairs.store;
    const at = arena.length;
    pairs.writeKey(arena, emitted);
    if (compareRanges(arena.bytes, at, arena.length, bytes, start, end) !== 0) {
      throw blame.failed(
        new LispingError('LISPING_E_COMBINE_KEY', 'combine emitted a key that is not its own'),
      );
    }
    pairs.finish(at, value, store.partitions[first]!);
  };

  const values = new Values(valuesOf(setting, store, group), blame);
  try {
    const result: unknown = combine(key, values, emit, context);
    blame.check('combine', result);
  } catch (cause) {
    throw blame.threw('LISPING_E_COMBINE_THREW', 'combine', cause);
  }
  values.close();
}

function valuesOf(setting: CombineSetting, store: RecordStore, group: Uint32Array): () => unknown {
  const { job, decode } = setting;
  const { bytes } = store.arena;
  const wire = wireOf(job.value);
  let at = 0;
  return () => {
    if (at === group.length) return NO_VALUE;
    const pair = group[at++]!;
    const middle = store.middles[pair]!;
    const start = job.sortValues ? keyEnd(job, bytes, store.starts[pair]!, middle) + 1 : middle;
    return readValue(wire, bytes, start, store.ends[pair]!, decode);
  };
}

function sameGroup(job: AnyJob, store: RecordStore, left: number, right: number): boolean {
  if (store.partitions[left] !== store.partitions[right]) return false;
  const { bytes } = store.arena;
  const leftStart = store.starts[left]!;
  const rightStart = store.starts[right]!;
  const leftEnd = keyEnd(job, bytes, leftStart, store.middles[left]!);
  const rightEnd = keyEnd(job, bytes, rightStart, store.middles[right]!);
  return compareRanges(bytes, leftStart, leftEnd, bytes, rightStart, rightEnd) === 0;
}
