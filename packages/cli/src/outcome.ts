// How a command ends: an exit code, one object for --json, and text for people.
import { LispingError } from '@lisping/core';
import type { Output } from './print/terminal.ts';
import type { Progress } from './print/progress.ts';
import { versionText } from './version.ts';

export interface Outcome {
  readonly exit: number;
  readonly json: object;
  /** Goes to stdout. */
  readonly text: string;
  /** Goes to stderr, for people only; the JSON has it in `error`. */
  readonly error?: LispingError;
}

/** What a command may use of the terminal. */
export interface Screen {
  readonly out: Output;
  readonly err: Output;
  readonly progress: Progress;
  /** Where what a job prints goes. */
  readonly jobOutput: NodeJS.WritableStream;
  /** Only the JSON object may go to stdout. */
  readonly json: boolean;
  /** What to do on Ctrl-C from now on; the outcome is printed and the process ends. */
  onInterrupt(handler: () => Promise<Outcome>): void;
}

/** The outcome of an error; `known` is what else can be said in JSON, such as the seed. */
export function failure(error: LispingError, known: object = {}): Outcome {
  const json = { version: versionText(), ...known, error: error.toJSON() };
  return { exit: error.exit, json, text: '', error };
}

/** The outcome of Ctrl-C. */
export function interrupted(howFar: string, known: object = {}): Outcome {
  const error = new LispingError('LISPING_E_INTERRUPTED', `interrupted ${howFar}`);
  return failure(error, known);
}
