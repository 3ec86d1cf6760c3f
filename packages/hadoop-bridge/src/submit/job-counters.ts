// What a job counted, in Lisping's names; and whether everything that Hadoop read reached the job.
import { LispingError, type Counters } from '@lisping/core';
import { CHECK_GROUP, jobCounter } from '../streaming/reporter.ts';

/** A counter of Hadoop's, over all tasks. */
export interface HadoopCounter {
  readonly group: string;
  readonly name: string;
  readonly total: number;
}

/** Those of the job and of Lisping's engine. */
export function jobCounters(all: readonly HadoopCounter[]): Counters {
  const counters: Record<string, number> = {};
  for (const { group, name, total } of all) {
    const own = jobCounter(group, name);
    if (own !== undefined) counters[own] = (counters[own] ?? 0) + total;
  }
  return counters;
}

/** Sums by name, in the order of the names. */
export function summed(all: readonly Counters[]): Counters {
  const totals = new Map<string, number>();
  for (const counters of all) {
    for (const [name, n] of Object.entries(counters)) totals.set(name, (totals.get(name) ?? 0) + n);
  }
  return Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A child that leaves before it has read everything loses data, and Hadoop calls that success. Throws
 * LISPING_E_HADOOP_JOB when fewer records were read than Hadoop gave away.
 */
export function checkRecordsRead(all: readonly HadoopCounter[]): void {
  const totalOf = (name: string): number =>
    all.filter((each) => each.name === name).reduce((sum, { total }) => sum + total, 0);
  const read = all.find(({ group, name }) => group === CHECK_GROUP && name === 'records_read');
  const given = totalOf('MAP_INPUT_RECORDS') + totalOf('REDUCE_INPUT_RECORDS');
  if ((read?.total ?? 0) === given) return;
  throw new LispingError(
    'LISPING_E_HADOOP_JOB',
    `Hadoop gave ${given} records to the tasks, and they read ${read?.total ?? 0}`,
    { hint: 'Data was lost on the way, so the output is wrong. Please report it.' },
  );
}
