// What all formats have in common whose records are lines of text: the lines may be cut here, from the
// bytes of a split, or by Hadoop, which numbers them.
import type { FormatContext, InputFormat, RecordParser } from '@lisping/core';
import { createNumberedTextLines } from './numbered-lines.ts';
import { createTextLines, type OnLine } from './text-lines.ts';

/** Turns the lines of one split into records. */
export interface LineReader {
  readonly line: OnLine;
  /** No line follows. */
  end?(): void;
}

/** A format that reads lines of text, wherever they were cut. */
export function lineFormat<R>(
  name: string,
  read: (file: string, emit: (record: R, offset: number) => void) => LineReader,
): InputFormat<R> & Required<Pick<InputFormat<R>, 'openNumbered'>> {
  return {
    name,
    splittable: true,
    open(split, emit, context) {
      const reader = read(split.file, emit);
      return endingWith(createTextLines(split, reader.line, context), reader);
    },
    openNumbered(file, emit, context: FormatContext) {
      const reader = read(file, emit);
      return endingWith(createNumberedTextLines(file, reader.line, context), reader);
    },
  };
}

function endingWith(lines: RecordParser, reader: LineReader): RecordParser {
  return {
    write: (chunk) => lines.write(chunk),
    end() {
      lines.end();
      reader.end?.();
    },
  };
}
