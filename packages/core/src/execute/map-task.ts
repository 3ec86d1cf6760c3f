// A map task: records go in, sorted segments come out, or the lines of a part for a map-only job. Where
// somebody else sorts, pairs leave while the task runs.
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { recordText } from '../errors/describe.ts';
import type { FormatContext } from '../input/format.ts';
import { Blame } from './blame.ts';
import { CounterSet, type Counters } from './counters.ts';
import { createKeepingSink } from './keeping-sink.ts';
import { createLeavingSink, type MapExit } from './leaving-sink.ts';
import { recordAt, type Position } from './position.ts';
import type { Segment } from './segment.ts';
import type { MapSetting } from './setting.ts';
import type { MapParts, Sink } from './sink.ts';
import { createMapContext } from './task-context.ts';
import type { RecordRef } from '../errors/lisping-error.ts';

/** What a map attempt gives. */
export interface MapOutput {
  /** One per reduce task; none for a map-only job. */
  readonly segments: readonly Segment[];
  /** The bytes of the part of a map-only job. */
  readonly part: Uint8Array | null;
  readonly counters: Counters;
  /** Pairs that `map` emitted. */
  readonly records: number;
}

/** A map attempt that is fed record by record. */
export interface MapTask {
  /** To be given to the input format; it counts into this task's counters. */
  readonly formatContext: FormatContext;
  /** Maps one record; `offset` is the byte at which it begins in its file. */
  readonly record: (record: unknown, offset: number) => void;
  /** The record that is or was last being mapped. */
  where(): RecordRef;
  finish(): MapOutput;
}

/**
 * Begins a map attempt. Equal settings and records give equal bytes.
 *
 * @example
 * const task = createMapTask(setting);
 * const parser = format.open(split, task.record, task.formatContext);
 */
export function createMapTask(setting: MapSetting): MapTask {
  return beginMapTask(setting, createKeepingSink);
}

/**
 * Begins a map attempt whose pairs leave while it runs, unsorted, for a host that sorts them itself. What
 * is combined is held in bounded memory, so that a key may leave several times. The output holds neither
 * segments nor a part.
 *
 * @example
 * const task = createLeavingMapTask(setting, { wantsPartitions: true, combineBytes: 64 << 20, pair, lines });
 */
export function createLeavingMapTask(setting: MapSetting, exit: MapExit): MapTask {
  return beginMapTask(setting, (given, parts) => createLeavingSink(given, parts, exit));
}

function beginMapTask(
  setting: MapSetting,
  createSink: (setting: MapSetting, parts: MapParts) => Sink,
): MapTask {
  const { job, file, decode = decodeUtf8 } = setting;
  const counters = new CounterSet();
  let current: unknown;
  const currentText = (): string => recordText(current);
  const position: Position = { input: file, offset: 0, text: currentText };
  const blame = new Blame(position);
  const context = createMapContext(setting, counters, blame, () => ({
    file,
    offset: position.offset,
  }));
  const sink = createSink(setting, { counters, position, blame, context });
  const { map } = job;
  let inputRecords = 0;
  let outputRecords = 0;
  let isMapping = false;
  const emit = (key: unknown, value?: unknown): void => {
    if (!isMapping) throw blame.late('map');
    outputRecords++;
    sink.emit(key, value);
  };

  return {
    formatContext: { decode, count: (counter, n) => counters.add(counter, n) },
    record(record, offset) {
      inputRecords++;
      current = record;
      position.offset = offset;
      let result: unknown;
      isMapping = true;
      try {
        result = map(record, emit, context);
      } catch (cause) {
        throw blame.threw('LISPING_E_MAP_THREW', 'map', cause);
      } finally {
        isMapping = false;
      }
      if (result !== undefined || blame.first !== null) blame.check('map', result);
    },
    where: () => recordAt(position),
    finish() {
      if (blame.first !== null) throw blame.first;
      const output = sink.finish();
      counters.add('lisping.map_input_records', inputRecords);
      counters.add('lisping.map_output_records', outputRecords);
      return { ...output, counters: counters.snapshot(), records: outputRecords };
    },
  };
}
