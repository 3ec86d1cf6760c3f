// How a job's records, keys and values travel through an unmodified Hadoop Streaming. The plan that a
// job is submitted with and the children that run in it are both made from this, and so agree.
import { codecName, LispingError, type AnyJob } from '@lisping/core';
import { inputFormatOf } from '@lisping/formats';

/**
 * How input reaches the mapper. `numbered-lines`: each line with its offset, cut by Hadoop. `whole-files`:
 * pieces that end at LF, from which the child puts the file together again, byte for byte. `source`: the
 * job has its records with it, and what Hadoop gives is ignored.
 */
export type InputTravel = 'numbered-lines' | 'whole-files' | 'source';

/**
 * How pairs are placed. `hash`: HashPartitioner over the key. `first-field`: KeyFieldBasedPartitioner over the
 * key of `key TAB value`. `token`: the same over a token that stands before the key. `none`: map-only.
 */
export type PairTravel = 'none' | 'hash' | 'first-field' | 'token';

/** How the input of a job travels; throws LISPING_E_FORMAT for a format that Hadoop cannot feed. */
export function inputTravelOf(job: AnyJob): InputTravel {
  if (job.source !== null) return 'source';
  const format = inputFormatOf(job);
  if (format.openNumbered !== undefined) return 'numbered-lines';
  if (!format.splittable) return 'whole-files';
  throw new LispingError(
    'LISPING_E_FORMAT',
    `the input format ${format.name} cuts splits by its own rules, which Hadoop Streaming does not know`,
    { hint: 'Give it splittable: false, or openNumbered for records that are lines.' },
  );
}

/** How the pairs of a job travel to so many reduce tasks. */
export function pairTravelOf(job: AnyJob, reduces: number): PairTravel {
  if (reduces === 0) return 'none';
  if (job.partition !== null) return 'token';
  if (!job.sortValues) return 'hash';
  return ALWAYS_UTF8.has(codecName(job.key)) ? 'first-field' : 'token';
}

/** Hadoop's field partitioner hashes a key as text, in which bytes that are no UTF-8 have become U+FFFD. */
const ALWAYS_UTF8 = new Set(['text', 'int', 'json', 'sortableInt']);
