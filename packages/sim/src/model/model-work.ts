/**
 * What hosts hear about the jobs of a model: durations and sizes as they were given, and checksums
 * made of names, so that every attempt at a task gives the same and every task something else.
 */
import { assert, jobHash } from '@lisping/core';
import type {
  AttemptId,
  ContentChecksum,
  JobId,
  JobPlan,
  JobSpec,
  LispingError,
  Microseconds,
  PlannedSplit,
  TaskCounters,
  TaskError,
} from '@lisping/core';
import type { WorkLeft } from '../bound.ts';
import { mixKey } from '../draws.ts';
import type { Executed, Remains, SubmittedJob, Work } from '../work.ts';
import { durationAt, specOf, totalOf } from './model.ts';
import type { ModelJob, ModelWorkload } from './model.ts';
import type { MapMade, ReduceMade } from '../made.ts';

const NO_BYTES = new Uint8Array(0);
/** A model counts nothing, and nothing in it fails. */
const UNEVENTFUL = { counters: {} satisfies TaskCounters, error: null, attempt: null };

/** A job with what is asked for again and again. */
interface KnownJob {
  readonly model: ModelJob;
  readonly spec: JobSpec;
  readonly hash: number;
  /** Of each segment of a map. */
  readonly sizes: readonly number[];
  readonly partBytes: number;
}

export class ModelWork implements Work {
  readonly jobs: readonly SubmittedJob[];
  private readonly known: ReadonlyMap<JobId, KnownJob>;
  private last: KnownJob | null = null;

  constructor({ jobs }: ModelWorkload) {
    const known = jobs.map(knownJob);
    this.known = new Map(known.map((job) => [job.spec.job, job]));
    this.jobs = known
      .map(({ spec, model }) => ({ spec, after: model.after }))
      .sort((a, b) => a.after - b.after);
  }

  plan(spec: JobSpec): JobPlan {
    const { maps } = this.job(spec.job).model;
    const split: PlannedSplit = { file: 0, start: 0, length: spec.splitBytes, identity: 0 };
    return { ...spec, splits: new Array<PlannedSplit>(maps.count).fill(split) };
  }

  durationOf({ job, kind, task }: AttemptId): Microseconds {
    const { model } = this.job(job);
    return durationAt(kind === 'map' ? model.maps : model.reduces, task);
  }

  map(attempt: AttemptId): Executed<MapMade> {
    const { spec, hash, sizes } = this.job(attempt.job);
    const checksums: ContentChecksum[] = [];
    for (let partition = 0; partition < spec.reduces; partition++) {
      checksums.push(modelChecksum(hash, attempt.task, partition));
    }
    const part = spec.reduces > 0 ? null : this.part(attempt);
    const segments: MapMade['segments'] = [];
    const made = { segments, sizes, checksums, part, ...UNEVENTFUL };
    return { made, real: true };
  }

  reduce(attempt: AttemptId): Executed<ReduceMade> {
    const made = { part: this.part(attempt), ...UNEVENTFUL };
    return { made, real: true };
  }

  private part({ job, task }: AttemptId): NonNullable<ReduceMade['part']> {
    const { hash, partBytes } = this.job(job);
    return {
      bytes: NO_BYTES,
      modelled: partBytes,
      checksum: modelChecksum(hash, task, -1),
      records: 0,
    };
  }

  taskError({ code, message }: LispingError): TaskError {
    return { code, message };
  }

  /**
   * What is not published is still to be done from its start: the maps of a job are not looked for
   * one by one, so the time allowed is generous rather than short.
   */
  left({ store, slots, now }: Remains): WorkLeft {
    const published = new Map(store.outputs().map(({ job, parts }) => [job, parts.size]));
    let maps = 0;
    let reduces = 0;
    let sum = 0;
    let longest = 0;
    let wait = 0;
    for (const { model, spec } of this.known.values()) {
      const mapOnly = spec.reduces === 0;
      const done = published.get(spec.job) ?? 0;
      if (done === (mapOnly ? model.maps.count : spec.reduces)) continue;
      const map = totalOf(model.maps);
      const reduce = totalOf(model.reduces);
      maps += model.maps.count;
      reduces += model.reduces.count;
      sum += map.sum + reduce.sum;
      longest = Math.max(longest, map.longest + reduce.longest);
      wait = Math.max(wait, model.after - now);
    }
    // Whatever the order, no list of tasks takes longer than this once all have come.
    const makespan = wait + sum / Math.max(1, slots) + longest + this.shuffleTime(maps, reduces);
    return { maps, reduces, slots, makespan };
  }

  /** Generous: every job's shuffle by itself, at the pace of one segment per round trip. */
  private shuffleTime(maps: number, reduces: number): Microseconds {
    return reduces === 0 ? 0 : (maps + reduces) * ROUND_TRIP;
  }

  private job(id: JobId): KnownJob {
    const { last } = this;
    if (last !== null && last.spec.job === id) return last;
    const job = this.known.get(id);
    assert(job !== undefined, 'only jobs of the workload are run');
    this.last = job;
    return job;
  }
}

/** How long a small request takes, generously. */
const ROUND_TRIP: Microseconds = 5_000;

function knownJob(model: ModelJob): KnownJob {
  const spec = specOf(model);
  const { maps, reduces, shuffleBytes, outputBytes } = model;
  const segments = Math.max(1, maps.count * reduces.count);
  const parts = Math.max(1, reduces.count === 0 ? maps.count : reduces.count);
  return {
    model,
    spec,
    hash: jobHash(spec.job),
    sizes: new Array<number>(spec.reduces).fill(Math.floor(shuffleBytes / segments)),
    partBytes: Math.floor(outputBytes / parts),
  };
}

/** Small enough to be kept without a box. */
function modelChecksum(hash: number, task: number, partition: number): ContentChecksum {
  return mixKey(mixKey(hash, task), partition) >>> 2;
}
