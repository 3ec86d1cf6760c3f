// Pairs leave while the map task runs, for a host that sorts them itself. Only what is to be combined is
// held, and no more of it than the host allows.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { combineGroups } from './combine.ts';
import { FoldTable } from './fold-table.ts';
import { PairWriter } from './pair-writer.ts';
import { createPrinter } from './print.ts';
import type { RecordStore } from './record-store.ts';
import type { MapSetting } from './setting.ts';
import type { MapParts, Sink } from './sink.ts';
import { sortRecords } from './sort-records.ts';

/** What a host does with what leaves a map attempt. */
export interface MapExit {
  /** Takes one pair: its sorted key from `start` to `middle`, its value from there to `end`. Nothing of it may be kept. */
  pair(bytes: Uint8Array, start: number, middle: number, end: number, partition: number): void;
  /** Takes whole lines of a map-only job's part, from 0 to `length`. Nothing of it may be kept. */
  lines(bytes: Uint8Array, length: number): void;
  /** False: the host places pairs by itself, and `partition` says nothing unless the job has a function for it. */
  readonly wantsPartitions: boolean;
  /** About how many bytes may be held for the combiner. */
  readonly combineBytes: number;
}

const CHUNK = 0x1_0000; // bytes that leave at once when nothing is combined
const PAIR_BYTES = 16; // of the columns of a RecordStore

/** The sink of a task that hands out pairs, or lines when there is nothing to reduce. */
export function createLeavingSink(setting: MapSetting, parts: MapParts, exit: MapExit): Sink {
  const { job } = setting;
  if (setting.reduces === 0) return printingSink(setting, parts, exit);
  const isPlacedHere = exit.wantsPartitions || job.partition !== null;
  const reduces = isPlacedHere ? setting.reduces : 1; // of one partition nothing has to be computed
  const { combine } = job;
  switch (combine.kind) {
    case 'fold': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      const table = new FoldTable(combine.fold, pairs, parts.blame, parts.position);
      const leave = (): void => {
        table.drain();
        leaveAll(pairs.store, exit);
      };
      return {
        emit(key, value) {
          table.add(key, value);
          if (table.heldBytes > exit.combineBytes) leave();
        },
        finish: () => finished(leave),
      };
    }
    case 'function': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      const combined = new PairWriter(job, reduces, parts.blame);
      const { decode = decodeUtf8 } = setting;
      const combining = { ...parts, job, combine: combine.combine, decode };
      const leave = (): void => {
        combineGroups(combining, pairs.store, sortRecords(pairs.store), combined);
        pairs.store.clear();
        leaveAll(combined.store, exit);
      };
      return {
        emit(key, value) {
          pairs.write(key, value);
          if (pairs.store.arena.length + PAIR_BYTES * pairs.store.count > exit.combineBytes)
            leave();
        },
        finish: () => finished(leave),
      };
    }
    case 'none': {
      const pairs = new PairWriter(job, reduces, parts.blame);
      return {
        emit(key, value) {
          pairs.write(key, value);
          if (pairs.store.arena.length >= CHUNK) leaveAll(pairs.store, exit);
        },
        finish: () => finished(() => leaveAll(pairs.store, exit)),
      };
    }
  }
}

function finished(leave: () => void): ReturnType<Sink['finish']> {
  leave();
  return { segments: [], part: null };
}

function leaveAll(store: RecordStore, exit: MapExit): void {
  const { bytes } = store.arena;
  for (let i = 0; i < store.count; i++) {
    exit.pair(bytes, store.starts[i]!, store.middles[i]!, store.ends[i]!, store.partitions[i]!);
  }
  store.clear();
}

function printingSink(setting: MapSetting, { blame }: MapParts, exit: MapExit): Sink {
  const print = createPrinter(setting, blame);
  const out = new ByteWriter(CHUNK);
  const leave = (): void => {
    exit.lines(out.bytes, out.length);
    out.length = 0;
  };
  return {
    emit(key, value) {
      print(out, key, value);
      if (out.length >= CHUNK) leave();
    },
    finish: () => finished(leave),
  };
}
