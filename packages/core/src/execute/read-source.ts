// The records of a job with a `source`: they lie in memory, and their number stands for the offset.
import { isLispingError, LispingError } from '../errors/lisping-error.ts';
import type { AnyJob } from '../job/any-job.ts';

/**
 * Calls `record` for every record of a job's source. Throws LISPING_E_SOURCE_THREW.
 *
 * @example
 * readSource(job, task.record);
 */
export function readSource(job: AnyJob, record: (record: unknown, offset: number) => void): void {
  let offset = 0;
  for (const each of recordsOf(job)) record(each, offset++);
}

function recordsOf({ source }: AnyJob): Iterable<unknown> {
  if (source === null) return [];
  if (typeof source !== 'function') return source;
  try {
    return source();
  } catch (cause) {
    if (isLispingError(cause)) throw cause;
    const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new LispingError('LISPING_E_SOURCE_THREW', `source threw ${said}`, { cause });
  }
}
