// What the engine offers to a user's function beside its record.

/** The record being mapped: its file, and the byte at which it begins there. */
export interface InputPosition {
  readonly file: string;
  readonly offset: number;
}

/** The last argument of `reduce` and of a combine function. */
export interface Context {
  /** The number of the task, from 0. */
  readonly task: number;
  /** The number of the try, from 0. What depends on it is outside the promise of equal bytes. */
  readonly attempt: number;
  /** Adds to a counter; `n` is a whole number, 1 when left out. */
  counter(name: string, n?: number): void;
  /** Says what the task is doing. */
  status(text: string): void;
  /** A number from 0 to below 1, keyed by job and task: a retry draws the same. */
  random(): number;
  /** A parameter given by `--param NAME=VALUE`; without it and a fallback: LISPING_E_PARAMETER. */
  parameter(name: string, fallback?: string): string;
}

/** The last argument of `map`. */
export interface MapContext extends Context {
  readonly input: InputPosition;
}
