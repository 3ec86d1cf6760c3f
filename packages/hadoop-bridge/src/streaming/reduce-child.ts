// The reducer: sorted lines on standard input become groups, and what `reduce` emits is printed. Hadoop
// gives lines without marks between groups; the engine finds those as it does in a segment.
import {
  executeReduce,
  PairLines,
  type AnyJob,
  type SegmentSource,
  type TaskSetting,
} from '@lisping/core';
import { createWholeLines } from '@lisping/formats';
import type { ChildResult } from './map-child.ts';
import type { ChildSettings } from './plan.ts';
import type { ByteStream } from './standard-input.ts';
import type { ByteOutput } from './standard-output.ts';

/** What a reducer works with. */
export interface ReduceChild {
  readonly setting: TaskSetting;
  readonly settings: ChildSettings;
  readonly input: ByteStream;
  readonly output: ByteOutput;
  /** Hears whenever more was read. */
  readonly begin: () => void;
}

/** Runs a reducer to its end; the engine reads every group to its end, whatever `reduce` leaves unread. */
export function runReduceChild({
  setting,
  settings,
  input,
  output,
  begin,
}: ReduceChild): ChildResult {
  const lines = new PairLines(settings.pairs === 'token');
  const job = beginning(setting.job, begin);
  const source = segmentOf(lines, input, begin);
  const { counters } = executeReduce({ ...setting, job }, [source], (chunk) => output.write(chunk));
  output.flush();
  return { counters, recordsRead: lines.count };
}

/** The same job, whose `reduce` says when it begins. */
function beginning(job: AnyJob, begin: () => void): AnyJob {
  const { reduce } = job;
  if (reduce === null) return job;
  return {
    ...job,
    reduce(key, values, emit, context) {
      begin();
      return reduce(key, values, emit, context);
    },
  };
}

/** Standard input as one segment, of which no more is held than a chunk and a line. */
function segmentOf(lines: PairLines, input: ByteStream, begin: () => void): SegmentSource {
  const blocks = createWholeLines((bytes, from, to) => lines.add(bytes, from, to));
  let hasEnded = false;
  return {
    next() {
      begin();
      while (!hasEnded) {
        const chunk = input.next();
        hasEnded = chunk === null;
        if (chunk === null) blocks.end();
        else blocks.write(chunk);
        const pairs = lines.take();
        if (pairs.length > 0) return pairs;
      }
      return null;
    },
  };
}
