// The output of finished map tasks, in one temporary file: memory then holds the output of one map
// task at a time, however many there are.
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { LispingError, type Segment, type SegmentSource } from '@lisping/core';
import type { OutputPlan } from '../output/output-plan.ts';
import { writeFully } from '../output/part-file.ts';
import { writing } from '../output/write-errors.ts';

export interface Spill {
  /** Keeps the segments of a map task, one per partition. */
  add(task: number, segments: readonly Segment[]): void;
  /** The segments of one partition by map task, to be pulled chunk by chunk. */
  sources(partition: number): SegmentSource[];
  close(): void;
}

/** Where the segment of each partition begins in the file; one number more than partitions. */
type Offsets = Float64Array;

const CHUNK_BYTES_MAX = 256 * 1024;
const CHUNK_BYTES_MIN = 4 * 1024;
const MERGE_BYTES = 32 * 1024 * 1024;

/** A new, empty spill file in the workspace. */
export function createSpill(plan: OutputPlan, name: string): Spill {
  const path = join(plan.workspace, name);
  // Errors name the place the user asked for; the workspace lies on the same disk.
  const fd = writing(plan.shown, () => openSync(path, 'w+'));
  const tasks: Offsets[] = [];
  let end = 0;
  return {
    add(task, segments) {
      const offsets = new Float64Array(segments.length + 1);
      segments.forEach((segment, partition) => {
        offsets[partition] = end;
        writeFully(fd, segment.bytes, plan.shown);
        end += segment.bytes.length;
      });
      offsets[segments.length] = end;
      tasks[task] = offsets;
    },
    sources(partition) {
      const share = Math.floor(MERGE_BYTES / Math.max(1, tasks.length));
      const chunk = Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, share));
      return tasks.map((offsets) =>
        source(fd, offsets[partition] ?? 0, offsets[partition + 1] ?? 0, chunk),
      );
    },
    close: () => closeSync(fd),
  };
}

function source(fd: number, start: number, end: number, chunkBytes: number): SegmentSource {
  const buffer = new Uint8Array(Math.min(chunkBytes, end - start));
  let at = start;
  return {
    next() {
      if (at === end) return null;
      const wanted = Math.min(buffer.length, end - at);
      const got = readSync(fd, buffer, 0, wanted, at);
      if (got === 0) throw new LispingError('LISPING_E_INTERNAL', 'the spill file is cut short');
      at += got;
      return buffer.subarray(0, got);
    },
  };
}
