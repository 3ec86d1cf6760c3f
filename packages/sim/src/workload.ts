/**
 * The work of one job as the simulator needs it: the plan of its inputs, and what its user code
 * makes of a split or of segments. Nothing here knows of time, nodes or faults.
 */
import {
  checksum,
  createMapTask,
  encodeUtf8,
  executeReduce,
  isLispingError,
  LispingError,
  planSplits,
  segmentSource,
} from '@lisping/core';
import type {
  AnyJob,
  ContentChecksum,
  JobPlan,
  JobSpec,
  MapTask,
  PlannedSplit,
  Segment,
  TaskCounters,
} from '@lisping/core';
import { inputFormatOf } from '@lisping/formats';
import { runGuarded, Stuck } from './guard.ts';
import { reversed, uncombined } from './other-bytes.ts';
import type { MapMade, PartContent, ReduceMade } from './made.ts';

export interface InputBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface WorkloadSetting {
  readonly job: AnyJob;
  readonly inputs: readonly InputBytes[];
  readonly reduces: number;
  readonly splitBytes: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** How long one task may really take before it counts as stuck, in milliseconds. */
  readonly patience: number;
}

const NO_COUNTERS: TaskCounters = {};
/** How many bytes a parser is fed at once. */
const FEED_BYTES = 65_536;
const SOURCE = 'source';
const HURRY = 50;

export class Workload {
  readonly setting: WorkloadSetting;
  readonly splits: readonly PlannedSplit[];
  /** The first task that did not end, if one did not. */
  stuck: LispingError | null = null;
  private readonly paths: readonly string[];
  private other_: AnyJob | null = null;

  constructor(setting: WorkloadSetting) {
    this.setting = setting;
    const { job, inputs, splitBytes } = setting;
    if (job.source !== null) {
      this.paths = [SOURCE];
      this.splits = [{ file: 0, start: 0, length: 0, identity: 0 }];
      return;
    }
    this.paths = inputs.map((input) => input.path);
    const identities = inputs.map((input) => checksum(input.bytes));
    const files = inputs.map(({ path, bytes }) => ({ path, size: bytes.length }));
    this.splits = planSplits(files, splitBytes, inputFormatOf(job).splittable).map((split) => ({
      ...split,
      identity: identities[split.file] ?? 0,
    }));
  }

  private get other(): AnyJob {
    return (this.other_ ??= uncombined(this.setting.job));
  }

  get inputs(): readonly string[] {
    return this.paths;
  }

  plan(spec: JobSpec): JobPlan {
    return { ...spec, splits: this.splits };
  }

  /** `isOther`: the same pairs in other bytes, where the job leaves that open. */
  map(task: number, attempt: number, isOther = false): MapMade {
    const { reduces } = this.setting;
    const turns = isOther && reduces > 0;
    const [split] = this.splits.slice(task, task + 1);
    if (split === undefined) throw new LispingError('LISPING_E_INTERNAL', `no split ${task}`);
    const asked = new Asked(attempt);
    const mapTask = createMapTask({
      ...this.taskSetting(task, asked),
      ...(turns ? { job: this.other } : {}),
      file: this.paths[split.file] ?? '',
    });
    try {
      const output = runGuarded(() => {
        this.feed(mapTask, split);
        return mapTask.finish();
      }, this.patience);
      const { counters, records } = output;
      const segments = turns ? output.segments.map(reversed) : output.segments;
      const part = output.part === null || reduces > 0 ? null : partOf([output.part], records);
      const checksums = segments.map((segment) => segment.checksum);
      const sizes = segments.map((segment) => segment.bytes.length);
      return { segments, sizes, checksums, part, counters, error: null, attempt: asked.attempt };
    } catch (error) {
      const asError = this.errorOf(error, () => mapTask.where());
      const nothing = { segments: [], sizes: [], checksums: [], part: null };
      return { ...nothing, counters: NO_COUNTERS, error: asError, attempt: asked.attempt };
    }
  }

  /** `draw` permutes the values of every key, which no order promises. */
  reduce(
    partition: number,
    attempt: number,
    segments: readonly Segment[],
    draw: (limit: number) => number,
  ): ReduceMade {
    const chunks: Uint8Array[] = [];
    const asked = new Asked(attempt);
    try {
      const output = runGuarded(
        () =>
          executeReduce(
            this.taskSetting(partition, asked),
            segments.map(segmentSource),
            (chunk) => chunks.push(chunk),
            { shuffleValues: draw },
          ),
        this.patience,
      );
      const { counters, records } = output;
      const part = partOf(chunks, records);
      return { part, counters, error: null, attempt: asked.attempt };
    } catch (error) {
      const record = { input: `reduce-${partition}`, offset: 0, text: '' };
      const asError = this.errorOf(error, () => record);
      return { part: null, counters: NO_COUNTERS, error: asError, attempt: asked.attempt };
    }
  }

  /** One hanging task fails the job; the others that hang with it need not take as long. */
  private get patience(): number {
    return this.stuck === null ? this.setting.patience : Math.min(this.setting.patience, HURRY);
  }

  private errorOf(error: unknown, where: () => LispingError['record']): LispingError {
    if (error instanceof Stuck) {
      const stuck = new LispingError(
        'LISPING_E_TASK_STUCK',
        `the task did not return: ${error.message}`,
        {
          record: where(),
          cause: error,
        },
      );
      this.stuck ??= stuck;
      return stuck;
    }
    if (isLispingError(error)) return error;
    throw error;
  }

  private taskSetting(task: number, { number: attempt, onAttempt }: Asked) {
    const { job, reduces, parameters } = this.setting;
    const { paths: inputs } = this;
    return { job, task, attempt, onAttempt, reduces, inputs, parameters, seed: '', decode };
  }

  private feed(task: MapTask, split: PlannedSplit): void {
    const { job, inputs } = this.setting;
    if (job.source !== null) {
      const records = typeof job.source === 'function' ? job.source() : job.source;
      let number = 0;
      for (const record of records) task.record(record, number++);
      return;
    }
    const input = inputs[split.file];
    if (input === undefined) throw new LispingError('LISPING_E_INTERNAL', 'a split has a file');
    const { path, bytes } = input;
    const { start, length } = split;
    const parser = inputFormatOf(job).open(
      { file: path, fileSize: bytes.length, start, length },
      (record, offset) => task.record(record, offset),
      task.formatContext,
    );
    let at = start;
    // The first helping is the split and a little more; most parsers want no second one.
    let next = Math.min(bytes.length, start + Math.min(length + 256, FEED_BYTES));
    while (at < bytes.length && parser.write(bytes.subarray(at, next))) {
      at = next;
      next = Math.min(bytes.length, at + FEED_BYTES);
    }
    parser.end();
  }
}

/** Whether the user's code asked which attempt it is. */
class Asked {
  readonly number: number;
  /** Null: it did not ask. */
  attempt: number | null = null;

  constructor(number: number) {
    this.number = number;
  }

  readonly onAttempt = (): void => {
    this.attempt = this.number;
  };
}

/** Node's own decoder is several times faster than one in JavaScript. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}

/** The content of a part from its pieces. */
function partOf(chunks: readonly Uint8Array[], records: number): PartContent {
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : joined(chunks);
  return { bytes, checksum: checksum(bytes), records };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The checksum under which replicas know the job's code. */
export function codeChecksum(jobName: string): ContentChecksum {
  return checksum(encodeUtf8(jobName));
}
