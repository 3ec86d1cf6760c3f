// Hadoop tries a task four times before it gives the job up, and so do we: a job that counts on it, or
// that breaks when it happens, behaves here as it will there.
import { ERRORS, isLispingError, LispingError } from '@lisping/core';

const ATTEMPTS = 4;

/** Exit code of what the world outside did. */
const OUTSIDE = 4;

/** Told when a task will be tried again. */
export type OnRetry = (task: string, attempt: number, error: LispingError) => void;

/**
 * Runs `attempt(0)`, then, while the user's code fails, 1 to 3. What is not the job's fault, such as
 * a disk that fills up, is not tried again.
 */
export function withAttempts<T>(task: string, onRetry: OnRetry, attempt: (number: number) => T): T {
  for (let number = 0; ; number++) {
    try {
      return attempt(number);
    } catch (error) {
      if (!isLispingError(error)) throw error;
      const { exit } = ERRORS[error.code];
      if (exit !== 1) throw exit === OUTSIDE ? withoutRecord(error) : error;
      if (number === ATTEMPTS - 1) throw givenUp(task, error);
      onRetry(task, number, error);
    }
  }
}

function givenUp(task: string, error: LispingError): LispingError {
  const { code, message, hint, where, record, cause } = error;
  const said = `${message} (${task}, tried ${ATTEMPTS} times)`;
  const last = new LispingError(code, said, { hint, where, record, cause });
  if (error.stack !== undefined) last.stack = error.stack;
  return last;
}

/** A disk that is full while reduce emits has nothing to do with the key. */
function withoutRecord({ code, message, hint, cause }: LispingError): LispingError {
  return new LispingError(code, message, { hint, cause });
}
