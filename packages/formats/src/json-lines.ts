// One JSON value per line.
import { type InputFormat, LispingError } from '@lisping/core';
import { lineFormat } from './line-format.ts';

/**
 * Every line is a JSON value; empty lines are left out. A line that is no JSON fails the task with
 * LISPING_E_RECORD and its place.
 *
 * @example
 * job({ input: jsonLines<{ user: string }>(), map(event, emit) { emit(event.user, 1); } });
 */
export function jsonLines<T = unknown>(): InputFormat<T> {
  return lineFormat<T>('jsonLines', (file, emit) => ({
    line(line, offset) {
      if (line.trim() === '') return;
      emit(parse(line, file, offset) as T, offset); // T is the user's word for it
    },
  }));
}

function parse(line: string, input: string, offset: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    const record = { input, offset, text: line };
    throw new LispingError('LISPING_E_RECORD', 'a line is no JSON', { record, cause });
  }
}
