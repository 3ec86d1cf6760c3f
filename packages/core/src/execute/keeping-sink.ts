// Pairs are kept until the map task ends, then sorted into one segment per partition.
import { ByteWriter } from '../bytes/byte-writer.ts';
import { decodeUtf8 } from '../bytes/utf8-decode.ts';
import { combineGroups } from './combine.ts';
import { FoldTable } from './fold-table.ts';
import { PairWriter } from './pair-writer.ts';
import { createPrinter } from './print.ts';
import { writeSegments } from './segment.ts';
import type { MapSetting } from './setting.ts';
import type { MapParts, Sink } from './sink.ts';
import { sortRecords } from './sort-records.ts';

/** The sink of a task that hands out segments, or a part when there is nothing to reduce. */
export function createKeepingSink(setting: MapSetting, parts: MapParts): Sink {
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

function sorted(pairs: PairWriter, reduces: number): ReturnType<Sink['finish']> {
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
