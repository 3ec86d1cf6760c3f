// A file is a record.
import { type InputFormat, isValidUtf8 } from '@lisping/core';
import { createWholeBytes } from './whole-bytes.ts';

const MARK = '\uFEFF';

const WHOLE_FILES: InputFormat<string> = {
  name: 'wholeFiles',
  splittable: false,
  open(_split, emit, context) {
    return createWholeBytes((bytes) => {
      const text = context.decode(bytes, 0, bytes.length);
      if (text.includes('\uFFFD') && !isValidUtf8(bytes, 0, bytes.length)) {
        context.count('lisping.invalid_utf8_files', 1);
      }
      emit(text.startsWith(MARK) ? text.slice(MARK.length) : text, 0);
    });
  },
};

/**
 * Every file is one record: its text, empty for an empty file. `context.input.file` is its path.
 *
 * @example
 * job({ input: wholeFiles(), map(text, emit, context) { emit(context.input.file, text.length); } });
 */
export function wholeFiles(): InputFormat<string> {
  return WHOLE_FILES;
}
