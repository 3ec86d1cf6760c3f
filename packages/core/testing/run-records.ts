// Runs a job over records in memory, for tests: one list of records per map task.
import {
  type AnyJob,
  type Counters,
  createMapTask,
  decodeUtf8,
  executeReduce,
  type MapOutput,
  type ReduceOptions,
  segmentSource,
  type TaskSetting,
} from '../src/index.ts';

/** What a run gives: the text of every part, and the sum of the counters. */
export interface Run {
  readonly parts: readonly string[];
  readonly maps: readonly MapOutput[];
  readonly counters: Counters;
}

export interface RunOptions extends ReduceOptions {
  readonly reduces?: number;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly attempt?: number;
}

/** The setting that tests use unless they say otherwise. */
export function settingOf(job: AnyJob, options: RunOptions = {}): Omit<TaskSetting, 'task'> {
  const { reduces = job.reduces ?? 1, parameters = {}, attempt = 0 } = options;
  return { job, attempt, reduces, inputs: ['in.txt'], parameters, seed: '' };
}

/** Runs one map task over its records; offsets are their indices times ten. */
export function runMap(
  job: AnyJob,
  records: readonly unknown[],
  options: RunOptions = {},
  task = 0,
): MapOutput {
  const map = createMapTask({ ...settingOf(job, options), task, file: 'in.txt' });
  records.forEach((record, index) => map.record(record, index * 10));
  return map.finish();
}

/** Runs the whole job. */
export function runRecords(
  job: AnyJob,
  inputs: readonly (readonly unknown[])[],
  options: RunOptions = {},
): Run {
  const setting = settingOf(job, options);
  const maps = inputs.map((records, task) => runMap(job, records, options, task));
  const counters = maps.map((map) => map.counters);
  if (setting.reduces === 0) {
    return { parts: maps.map((map) => decodeUtf8(map.part!)), maps, counters: added(counters) };
  }
  const parts = Array.from({ length: setting.reduces }, (_, task) => {
    let part = '';
    const sources = maps.map((map) => segmentSource(map.segments.at(task)!));
    const result = executeReduce(
      { ...setting, task },
      sources,
      (chunk) => {
        part += decodeUtf8(chunk); // a chunk holds whole lines
      },
      options,
    );
    counters.push(result.counters);
    return part;
  });
  return { parts, maps, counters: added(counters) };
}

function added(all: readonly Counters[]): Counters {
  const total: Record<string, number> = {};
  for (const counters of all) {
    for (const [name, n] of Object.entries(counters)) total[name] = (total[name] ?? 0) + n;
  }
  return total;
}
