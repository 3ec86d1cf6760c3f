// One job over its inputs, on one core: split, map, spill, reduce, part. The order of tasks is
// Hadoop's. What a worker thread will take over is `mapTask` and `reduceTask`; the rest stays.
import {
  createMapTask,
  executeReduce,
  planSplits,
  readSource,
  type AnyJob,
  type Counters,
  type InputFile,
  type MapOutput,
  type RecordRef,
  type Split,
  type TaskSetting,
} from '@lisping/core';
import { createDecoder, inputFormatOf } from '@lisping/formats';
import type { InputPort } from '../input/input-port.ts';
import type { OutputPlan } from '../output/output-plan.ts';
import { createPart, partName, type Part } from '../output/part-file.ts';
import { withAttempts, type OnRetry } from './attempts.ts';
import { captureResults, type Capture } from './captured-results.ts';
import { readSplit } from './read-split.ts';
import { createSpill, type Spill } from './spill.ts';

/** What a run tells while it goes on. */
export interface RunEvents {
  /** `done` of `total` tasks of this kind have ended. */
  readonly tasks: (kind: 'map' | 'reduce', done: number, total: number) => void;
  readonly retry: OnRetry;
  /** A map task begins; `where` names the record that it is at. */
  readonly working?: (where: () => RecordRef | undefined) => void;
}

export interface PassOptions {
  readonly job: AnyJob;
  readonly port: InputPort;
  readonly files: readonly InputFile[];
  readonly splitBytes: number;
  /** 0: what map emits is printed, one part per split. */
  readonly reduces: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** Its `parts` directory receives the parts. */
  readonly plan: OutputPlan;
  readonly events: RunEvents;
}

/** What every task of the pass shares. */
interface Pass extends PassOptions {
  readonly capture: Capture;
}

export interface PassResult {
  readonly parts: readonly Part[];
  readonly counters: Counters;
}

// Keys context.random(), which must draw the same numbers on every host.
const TASK_SEED = '';

/** Runs every task; throws the LispingError of the first one that failed on every try. */
export function runPass(given: PassOptions): PassResult {
  const capture = captureResults(given.job, given.reduces, given.plan);
  const pass = { ...given, job: capture.job, capture };
  const totals = new Map<string, number>();
  const count = (counters: Counters): void => {
    for (const [name, n] of Object.entries(counters)) totals.set(name, (totals.get(name) ?? 0) + n);
  };
  const spill = createSpill(pass.plan, 'segments');
  try {
    const mapped = mapAll(pass, spill, count);
    const parts = pass.reduces === 0 ? mapped : reduceAll(pass, spill, count);
    capture.finish(parts.length);
    return { parts, counters: sorted(totals) };
  } finally {
    spill.close();
  }
}

/** Null stands for the in-memory records of a job with a `source`. */
type MapWork = Split | null;

function mapAll(pass: Pass, spill: Spill, count: (counters: Counters) => void): Part[] {
  const work = mapWork(pass);
  const parts: Part[] = [];
  work.forEach((split, task) => {
    pass.events.tasks('map', task, work.length);
    const output = mapTask(pass, split, task);
    count(output.counters);
    if (pass.reduces === 0) parts.push(writeMapPart(pass, task, output));
    else spill.add(task, output.segments);
  });
  pass.events.tasks('map', work.length, work.length);
  return parts;
}

function mapWork({ job, files, splitBytes }: Pass): readonly MapWork[] {
  if (job.source !== null) return [null];
  return planSplits(files, splitBytes, inputFormatOf(job).splittable);
}

function mapTask(pass: Pass, split: MapWork, task: number): MapOutput {
  const { job, port, files, events } = pass;
  return withAttempts(`map task ${task}`, events.retry, (attempt) => {
    if (pass.reduces === 0) pass.capture.begin(task);
    const setting = settingOf(pass, task, attempt);
    const file = split === null ? undefined : files[split.file];
    const running = createMapTask({ ...setting, file: file?.path ?? 'source' });
    events.working?.(() => running.where());
    if (split === null || file === undefined) readSource(job, running.record);
    else readSplit({ job, port, file, split, context: running.formatContext }, running.record);
    pass.capture.end();
    return running.finish();
  });
}

function writeMapPart({ plan }: Pass, task: number, output: MapOutput): Part {
  const part = createPart(plan, partName(task));
  if (output.part !== null) part.write(output.part);
  return part.finish(output.records);
}

function reduceAll(pass: Pass, spill: Spill, count: (counters: Counters) => void): Part[] {
  const parts: Part[] = [];
  for (let task = 0; task < pass.reduces; task++) {
    pass.events.tasks('reduce', task, pass.reduces);
    pass.events.working?.(() => undefined);
    parts.push(reduceTask(pass, spill, task, count));
  }
  pass.events.tasks('reduce', pass.reduces, pass.reduces);
  return parts;
}

function reduceTask(
  pass: Pass,
  spill: Spill,
  task: number,
  count: (counters: Counters) => void,
): Part {
  return withAttempts(`reduce task ${task}`, pass.events.retry, (attempt) => {
    const part = createPart(pass.plan, partName(task));
    pass.capture.begin(task);
    try {
      const { records, counters } = executeReduce(
        settingOf(pass, task, attempt),
        spill.sources(task),
        (chunk) => part.write(chunk),
      );
      pass.capture.end();
      const finished = part.finish(records);
      count(counters);
      return finished;
    } catch (error) {
      part.abandon();
      throw error;
    }
  });
}

function settingOf(pass: Pass, task: number, attempt: number): TaskSetting {
  const { job, reduces, files, parameters } = pass;
  return {
    job,
    task,
    attempt,
    reduces,
    inputs: files.map((file) => file.path),
    parameters,
    seed: TASK_SEED,
    decode: createDecoder(),
  };
}

function sorted(totals: ReadonlyMap<string, number>): Counters {
  return Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}
