// How a codec or a fold says no. It knows neither the key nor the record, nor whether it was asked to
// encode a key or a value; the task does, and adds them.
import type { ErrorCode } from './codes.ts';
import { LispingError } from './lisping-error.ts';

/** A value that was refused: `message` says what it is, `hint` what to do instead. */
export class Refusal extends LispingError {
  constructor(what: string, hint?: string, code: ErrorCode = 'LISPING_E_VALUE', cause?: unknown) {
    super(code, what, { hint, cause });
  }

  /** The same refusal as an error that says more. */
  saying(message: string, code: ErrorCode = this.code): LispingError {
    return new LispingError(code, message, { hint: this.hint, cause: this.cause });
  }
}
