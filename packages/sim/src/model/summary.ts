/** What people want to know of a workload that ran: how busy the slots were, how long jobs took. */
import type { JobId, Microseconds } from '@lisping/core';
import type { ScheduleOutcome } from '../schedule.ts';
import type { ModelWorkload } from './model.ts';

/** Figures of the run that is shown. Times are microseconds of virtual time. */
export interface ModelSummary {
  readonly workload: string;
  readonly jobs: {
    readonly total: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly cancelled: number;
  };
  readonly tasks: { readonly maps: number; readonly reduces: number };
  /** From the first submit to the end of the last job. */
  readonly makespan: Microseconds;
  /** Time of the slots spent in user code whose result was kept, of all there was in the makespan; 0 to 1. */
  readonly slotUtilisation: number;
  /** From the submit of a job until its user was told that it succeeded. */
  readonly latency: {
    readonly p50: Microseconds;
    readonly p90: Microseconds;
    readonly p99: Microseconds;
    readonly max: Microseconds;
  };
}

export function summaryOf(
  workload: ModelWorkload,
  outcome: ScheduleOutcome,
  slots: number,
  clientStart: Microseconds,
): ModelSummary {
  const count = { succeeded: 0, failed: 0, cancelled: 0 };
  const latencies: Microseconds[] = [];
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  let maps = 0;
  let reduces = 0;
  for (const job of workload.jobs) {
    maps += job.maps.count;
    reduces += job.reduces.count;
    const submitted = clientStart + job.after;
    first = Math.min(first, submitted);
    // The cast puts the brand of a job on the name that the model gives it.
    const end = outcome.ends.get(job.id as JobId);
    if (end === undefined) continue;
    last = Math.max(last, end.at);
    count[end.told.status]++;
    if (end.told.status === 'succeeded') latencies.push(end.at - submitted);
  }
  const makespan = Math.max(0, last - first);
  latencies.sort((a, b) => a - b);
  return {
    workload: workload.name,
    jobs: { total: workload.jobs.length, ...count },
    tasks: { maps, reduces },
    makespan,
    slotUtilisation: makespan === 0 ? 0 : outcome.tally.computed / (slots * makespan),
    latency: {
      p50: percentile(latencies, 50),
      p90: percentile(latencies, 90),
      p99: percentile(latencies, 99),
      max: latencies.at(-1) ?? 0,
    },
  };
}

/** The smallest of the sorted values that so many per cent of them do not exceed. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? 0;
}
