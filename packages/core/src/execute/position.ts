// What a task is working on, for errors and for `context.input`.
import type { RecordRef } from '../errors/lisping-error.ts';

/** Changes with every record; the text is asked for only when something went wrong. */
export interface Position {
  /** The path of the input, or the name of a task whose groups are worked on. */
  input: string;
  offset: number;
  text: () => string;
}

/** The record at a position, as errors carry it. */
export function recordAt({ input, offset, text }: Position): RecordRef {
  return { input, offset, text: text() };
}
