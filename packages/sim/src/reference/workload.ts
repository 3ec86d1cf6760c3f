/** The reference workload: a word count over 200 KB of prose in 200 splits, with 16 reduces. */
import { job, sum } from '@lisping/core';
import type { AnyJob } from '@lisping/core';
import type { InputBytes } from '../workload.ts';
import { referenceText } from './text.ts';

/** What `lisping sim` runs without a job. */
export interface ReferenceWorkload {
  readonly job: AnyJob;
  readonly inputs: readonly InputBytes[];
  readonly splitBytes: number;
  readonly reduces: number;
}

const SPLITS = 200;
const SPLIT_BYTES = 1000;

/**
 * The reference workload; the text is made anew at every call.
 *
 * @example
 * const { job, inputs, splitBytes, reduces } = referenceWorkload();
 */
export function referenceWorkload(): ReferenceWorkload {
  return {
    job: job({
      name: 'word-count',
      map(line, emit) {
        for (const word of line.split(/[^a-z]+/i)) if (word !== '') emit(word.toLowerCase(), 1);
      },
      combine: sum,
      reduce(word, counts, emit) {
        emit(word, sum(counts));
      },
    }),
    inputs: [{ path: 'reference.txt', bytes: referenceText(SPLITS * SPLIT_BYTES) }],
    splitBytes: SPLIT_BYTES,
    reduces: 16,
  };
}
