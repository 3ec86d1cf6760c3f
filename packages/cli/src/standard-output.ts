// What a stdout that takes nothing more means: a full disk behind `> file`, or a reader that has gone.
import { LispingError } from '@lisping/core';

/** Null for a reader that has gone: `lisping sim | head` closes the pipe before we are done, no error. */
export function stdoutError(error: Error): LispingError | null {
  const code = 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'EPIPE') return null;
  const hint = 'Send stdout to a place that takes it. The job can be run again.';
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new LispingError('LISPING_E_DISK_FULL', 'no space left to write stdout', { hint })
    : new LispingError('LISPING_E_OUTPUT_WRITE', `stdout cannot be written (${code})`, { hint });
}
