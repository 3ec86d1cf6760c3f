// How far a MapReduce job is, and what it counted. While it runs its application master tells, behind the
// ResourceManager's proxy; afterwards the history server does. Both speak almost the same words.
import * as v from 'valibot';
import { ask, shaped, type RestAnswer, type Service } from './rest.ts';

/** Tasks that ended, of all. */
export interface JobProgress {
  readonly state: string;
  readonly maps: TaskProgress;
  readonly reduces: TaskProgress;
}

interface TaskProgress {
  readonly done: number;
  readonly total: number;
}

/** One of Hadoop's counters. */
export interface JobCounter {
  readonly group: string;
  readonly name: string;
  readonly total: number;
  readonly map: number;
  readonly reduce: number;
}

/** Who tells about a job. */
export interface JobSource {
  readonly service: Service;
  /** The path in front of `/jobs`. */
  readonly path: string;
}

/** `job_T_N` of `application_T_N`. */
export function jobIdOf(application: string): string {
  return application.replace(/^application_/, 'job_');
}

/** The application master, while it runs. */
export function runningJob(resourceManager: Service, application: string): JobSource {
  const path = `/proxy/${application}/ws/v1/mapreduce`;
  return { service: { ...resourceManager, name: 'application master' }, path };
}

/** The history server, once the job has ended. */
export function endedJob(historyServer: string): JobSource {
  return {
    service: { name: 'history server', url: historyServer },
    path: '/ws/v1/history/mapreduce',
  };
}

/** Null when this source does not know the job: not yet, or not any more. */
export async function progressOf(source: JobSource, job: string): Promise<JobProgress | null> {
  const found = shaped(JOB, await about(source, job, ''));
  if (found === null) return null;
  const { state, mapsCompleted, mapsTotal, reducesCompleted, reducesTotal } = found.job;
  return {
    state,
    maps: { done: mapsCompleted, total: mapsTotal },
    reduces: { done: reducesCompleted, total: reducesTotal },
  };
}

/** Null when this source does not know them. */
export async function countersOf(source: JobSource, job: string): Promise<JobCounter[] | null> {
  const found = shaped(COUNTERS, await about(source, job, '/counters'));
  if (found === null) return null;
  return found.jobCounters.counterGroup.flatMap(({ counterGroupName, counter }) =>
    counter.map((each) => ({
      group: counterGroupName,
      name: each.name,
      total: each.totalCounterValue,
      map: each.mapCounterValue,
      reduce: each.reduceCounterValue,
    })),
  );
}

async function about({ service, path }: JobSource, job: string, what: string): Promise<RestAnswer> {
  return await ask(service, { path: `${path}/jobs/${job}${what}` });
}

const JOB = v.object({
  job: v.object({
    state: v.string(),
    mapsCompleted: v.number(),
    mapsTotal: v.number(),
    reducesCompleted: v.number(),
    reducesTotal: v.number(),
  }),
});

const COUNTERS = v.object({
  jobCounters: v.object({
    // A failed job has none.
    counterGroup: v.optional(
      v.array(
        v.object({
          counterGroupName: v.string(),
          counter: v.array(
            v.object({
              name: v.string(),
              totalCounterValue: v.number(),
              mapCounterValue: v.number(),
              reduceCounterValue: v.number(),
            }),
          ),
        }),
      ),
      [],
    ),
  }),
});
