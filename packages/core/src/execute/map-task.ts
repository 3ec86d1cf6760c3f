// A map task: records go in, sorted segments come out, or the lines of a part for a map-only job.
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { recordText } from '../errors/describe.ts';
import type { FormatContext } from '../input/format.ts';
import type { MapContext } from '../job/context.ts';
import { Blame } from './blame.ts';
import { combineGroups } from './combine.ts';
import { CounterSet, type Counters } from './counters.ts';
import { FoldTable } from './fold-table.ts';
import { PairWriter } from './pair-writer.ts';
import { recordAt, type Position } from './position.ts';
import { createPrinter } from './print.ts';
import { writeSegments, type Segment } from './segment.ts';
import type { MapSetting } from './setting.ts';
import { sortRecords } from './sort-records.ts';
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

/** Where emitted pairs go, and what becomes of them at the end. */
interface Sink {
  emit(key: unknown, value?: unknown): void;
  finish(): Pick<MapOutput, 'segments' | 'part'>;
}

/**
 * Begins a map attempt. Equal settings and records give equal bytes.
 *
 * @example
 * const task = createMapTask(setting);
 * const parser = format.open(split, task.record, task.formatContext);
 */
export function createMapTask(setting: MapSetting): MapTask {
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

interface MapParts {
  readonly counters: CounterSet;
  readonly position: Position;
  readonly blame: Blame;
  readonly context: MapContext;
}

function createSink(setting: MapSetting, parts: MapParts): Sink {
  const { job, reduces } = setting;
  if (reduces === 0) return printingSink(setting, parts);
  const { combine } = job;
  switch (combine.kind) {
    case 'fold': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      const table = new FoldTable(combine.fold, pairs, parts.blame, parts.position);
      return {
        emit: (key, value) => table.add(key, value),
        finish() {
          table.drain();
          return sorted(pairs, reduces);
        },
      };
    }
    case 'function': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      const combined = new PairWriter(job, reduces, parts.blame);
      const { decode = decodeUtf8 } = setting;
      const combining = { ...parts, job, combine: combine.combine, decode };
      return {
        emit: (key, value) => pairs.write(key, value),
        finish() {
          combineGroups(combining, pairs.store, sortRecords(pairs.store), combined);
          return sorted(combined, reduces);
        },
      };
    }
    case 'none': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      return {
        emit: (key, value) => pairs.write(key, value),
        finish: () => sorted(pairs, reduces),
      };
    }
  }
}

function sorted(pairs: PairWriter, reduces: number): Pick<MapOutput, 'segments' | 'part'> {
  const { store } = pairs;
  return { segments: writeSegments(store, sortRecords(store), reduces), part: null };
}

function printingSink(setting: MapSetting, { blame }: MapParts): Sink {
  const print = createPrinter(setting, blame);
  const out = new ByteWriter();
  return {
    emit: (key, value) => print(out, key, value),
    finish: () => ({ segments: [], part: out.take() }),
  };
}
