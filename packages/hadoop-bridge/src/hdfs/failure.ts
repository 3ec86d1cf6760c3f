// An operation that failed, and what may cure it. The caller sees an ordinary LispingError; the loops
// that ask again read `cure` and `unclear`.
import { LispingError, type ErrorCode } from '@lisping/core';

/**
 * What may help. `none`: the same question gets the same answer. `other`: this NameNode is not the
 * active one. `time`: it will, later. `retry`: the way there broke, a few tries are worth it.
 */
export type Cure = 'none' | 'other' | 'time' | 'retry';

interface FailureDetails {
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly cure: Cure;
  /** The operation may have happened although it failed; false when left out. */
  readonly unclear?: boolean;
}

export class HdfsFailure extends LispingError {
  readonly cure: Cure;
  readonly unclear: boolean;

  constructor(code: ErrorCode, message: string, details: FailureDetails) {
    super(code, message, details);
    this.cure = details.cure;
    this.unclear = details.unclear ?? false;
  }
}

/** An answer that is none of HDFS; whatever was asked for may have happened. */
export function noAnswerOfHdfs(who: string, what: string): HdfsFailure {
  return new HdfsFailure('LISPING_E_HDFS_ANSWER', `${who} answered with ${what}`, {
    cure: 'retry',
    unclear: true,
  });
}

/** A LispingError that no retry cures. */
export function refused(code: ErrorCode, message: string, hint?: string): HdfsFailure {
  return new HdfsFailure(code, message, { cure: 'none', hint });
}
