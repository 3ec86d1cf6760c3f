// The one error class. It is recognised by a brand, because a job file and the host that runs it may
// each have loaded their own copy of this module.
import { ERRORS, type ErrorCode } from './codes.ts';

const BRAND = Symbol.for('lisping.error');
const TEXT_LENGTH_MAX = 200;

/** The record that shows an error: the input's path (or a task such as `reduce-3`), the byte at which it begins, its text. */
export interface RecordRef {
  readonly input: string;
  readonly offset: number;
  readonly text: string;
}

/** A place in the user's source, lines and columns counted from 1. */
export interface SourceRef {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What an error carries beside its message; `hint` replaces the one of the code. */
export interface ErrorDetails {
  readonly hint?: string | undefined;
  readonly where?: SourceRef | undefined;
  readonly record?: RecordRef | undefined;
  readonly cause?: unknown;
}

/** An error as `--json` prints it. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly where?: SourceRef;
  readonly record?: RecordRef;
}

/**
 * Every failure that Lisping knows: a code of the closed list, what happened, and what to do.
 *
 * @example
 * throw new LispingError('LISPING_E_INPUT_MISSING', 'no such file: data.txt');
 */
export class LispingError extends Error {
  override readonly name: string = 'LispingError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly where?: SourceRef;
  readonly record?: RecordRef;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    Object.defineProperty(this, BRAND, { value: true }); // not printed
    this.code = code;
    this.hint = details.hint ?? ERRORS[code].hint;
    if (details.where !== undefined) this.where = details.where;
    if (details.record !== undefined) this.record = shortened(details.record);
  }

  /** The exit code of a process that ends with this error. */
  get exit(): (typeof ERRORS)[ErrorCode]['exit'] {
    return ERRORS[this.code].exit;
  }

  /** The same error with more details; what it has already stays. */
  with(details: ErrorDetails): LispingError {
    const copy = new LispingError(this.code, this.message, {
      hint: this.hint,
      where: this.where ?? details.where,
      record: this.record ?? details.record,
      cause: this.cause ?? details.cause,
    });
    if (this.stack !== undefined) copy.stack = this.stack;
    return copy;
  }

  /** The fields that `--json` prints. */
  toJSON(): ErrorReport {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint,
      ...(this.where === undefined ? {} : { where: this.where }),
      ...(this.record === undefined ? {} : { record: this.record }),
    };
  }
}

/**
 * True for a LispingError of any copy of this module.
 *
 * @example
 * catch (error) { if (isLispingError(error)) process.exitCode = error.exit; }
 */
export function isLispingError(error: unknown): error is LispingError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** The longest text that an error repeats; a record may be gigabytes long. */
function shortened(record: RecordRef): RecordRef {
  if (record.text.length <= TEXT_LENGTH_MAX) return record;
  return { ...record, text: `${record.text.slice(0, TEXT_LENGTH_MAX - 1)}…` };
}
