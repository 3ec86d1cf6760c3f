// Several passes: the parts of one job are the input of the next.
import { LispingError } from '../errors/lisping-error.ts';
import { isJob, type AnyJob } from './any-job.ts';

const PIPELINE: unique symbol = Symbol.for('lisping.pipeline') as never; // a registered symbol has no unique type

/** Jobs that run one after the other. */
export interface Pipeline {
  readonly [PIPELINE]: true;
  readonly jobs: readonly AnyJob[];
}

/**
 * Jobs that run one after the other, each over the parts of the one before. A later job usually has
 * `input: keyValue()`.
 *
 * @example
 * export default pipeline([routesThatShareAStop, tripsWithOneChange]);
 */
export function pipeline(jobs: readonly AnyJob[]): Pipeline {
  if (!Array.isArray(jobs) || jobs.length === 0 || !jobs.every(isJob)) {
    throw new LispingError('LISPING_E_JOB_SHAPE', 'pipeline() takes a list of one or more jobs');
  }
  const later = jobs.slice(1).find((job) => job.source !== null);
  if (later !== undefined) {
    throw new LispingError(
      'LISPING_E_JOB_SHAPE',
      `job ${later.name} has a source, but reads the output of the job before it`,
      { hint: 'Only the first job of a pipeline may have a source.' },
    );
  }
  return Object.freeze({ [PIPELINE]: true, jobs: [...jobs] } as const);
}

/** True for what `pipeline()` returned. */
export function isPipeline(value: unknown): value is Pipeline {
  return typeof value === 'object' && value !== null && PIPELINE in value;
}
