// From what was thrown to an error that names the record. A user's function may catch what the engine
// throws at it; the first failure is kept, so that nobody can swallow it and go on.
import type { Role } from '../codec/codec.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { describe } from '../errors/describe.ts';
import { isLispingError, LispingError } from '../errors/lisping-error.ts';
import { Refusal } from '../errors/refusal.ts';
import { recordAt, type Position } from './position.ts';

/** Keeps the first failure of a task, with the record that was being worked on. */
export class Blame {
  first: LispingError | null = null;
  readonly #position: Position;

  constructor(position: Position) {
    this.#position = position;
  }

  /** Keeps a failure and gives back what to throw. */
  failed(error: LispingError): LispingError {
    this.first ??= error.with({ record: recordAt(this.#position) });
    return this.first;
  }

  /** A function of the user's threw. */
  threw(code: ErrorCode, what: string, cause: unknown): LispingError {
    if (this.first !== null) return this.first;
    // A fold that was called on values says what it could not add, and not where it met it.
    if (cause instanceof Refusal) return this.failed(cause.saying(`${what} met ${cause.message}`));
    if (isLispingError(cause)) return this.failed(cause);
    return this.failed(new LispingError(code, `${what} threw ${thrownText(cause)}`, { cause }));
  }

  /** A codec or a fold refused a key or a value. */
  refused(role: Role, cause: unknown): LispingError {
    return this.refusedOrThrew(role, 'LISPING_E_CODEC', 'the codec', cause);
  }

  /** The same where the user's own code may have thrown instead. */
  refusedOrThrew(role: Role, code: ErrorCode, what: string, cause: unknown): LispingError {
    if (this.first !== null) return this.first;
    if (!(cause instanceof Refusal)) return this.threw(code, what, cause);
    const isKey = role === 'key' && cause.code === 'LISPING_E_VALUE';
    const said = `a ${role} is ${cause.message}`;
    return this.failed(cause.saying(said, isKey ? 'LISPING_E_KEY' : cause.code));
  }

  /** Something was emitted when no function of the user's was running: a timer or a promise did it. */
  late(what: string): LispingError {
    return this.failed(
      new LispingError('LISPING_E_ASYNC', `emit was called after ${what} had returned`),
    );
  }

  /** Throws again what the user's function swallowed, and refuses what only a promise could finish. */
  check(what: string, result: unknown): void {
    if (this.first !== null) throw this.first;
    if (typeof result !== 'object' || result === null) return;
    if ('then' in result || 'next' in result) {
      throw this.failed(
        new LispingError('LISPING_E_ASYNC', `${what} returned ${describe(result)}`),
      );
    }
  }
}

/** Longer messages, such as one that quotes a huge record, are cut. */
const MESSAGE_MAX = 1000;

/** `TypeError: x is undefined` for errors, a short description for anything else. */
function thrownText(cause: unknown): string {
  if (!(cause instanceof Error)) return describe(cause);
  const text = `${cause.name}: ${cause.message}`;
  return text.length <= MESSAGE_MAX ? text : `${text.slice(0, MESSAGE_MAX)}…`;
}
