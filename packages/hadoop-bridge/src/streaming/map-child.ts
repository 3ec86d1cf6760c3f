// The mapper: standard input becomes records, and the pairs of `map` leave on standard output.
import {
  createLeavingMapTask,
  type Counters,
  type FormatContext,
  type MapSetting,
  type MapTask,
  type RecordParser,
  type RecordRef,
  readSource,
} from '@lisping/core';
import { inputFormatOf, NUMBERED_LINES } from '@lisping/formats';
import { createPairOutput } from './pair-output.ts';
import type { ChildSettings } from './plan.ts';
import type { ByteStream } from './standard-input.ts';
import type { ByteOutput } from './standard-output.ts';
import { createWholeFile } from './whole-file.ts';

/** What a mapper works with. */
export interface MapChild {
  readonly setting: MapSetting;
  readonly settings: ChildSettings;
  /** Of the split's file. */
  readonly inputLength: number;
  readonly input: ByteStream;
  readonly output: ByteOutput;
  /** Hears of every record before it is mapped. */
  readonly begin: () => void;
  /** Is given what names the record at work. */
  readonly working: (where: () => RecordRef) => void;
}

/** What a child has to report. */
export interface ChildResult {
  readonly counters: Counters;
  /** What was read of what Hadoop gave, in Hadoop's records. */
  readonly recordsRead: number;
}

/** Runs a mapper to its end. Standard input is read to its end, whatever becomes of it: Hadoop would lose the rest silently. */
export function runMapChild(child: MapChild): ChildResult {
  const { setting, settings, input, output, begin } = child;
  const task = createLeavingMapTask(setting, createPairOutput(settings, output));
  child.working(() => task.where());
  const record = (item: unknown, offset: number): void => {
    begin();
    task.record(item, offset);
  };
  const recordsRead = readInput(child, task, record);
  for (let chunk = input.next(); chunk !== null; chunk = input.next());
  const { counters } = task.finish();
  output.flush();
  return { counters, recordsRead };
}

type OnRecord = (record: unknown, offset: number) => void;

function readInput(child: MapChild, task: MapTask, record: OnRecord): number {
  const { setting, settings, input, inputLength } = child;
  const { job, file } = setting;
  switch (settings.input) {
    case 'source':
      readSource(job, record);
      return 0;
    case 'numbered-lines': {
      let lines = 0;
      const context: FormatContext = {
        decode: task.formatContext.decode,
        count(counter, n) {
          if (counter === NUMBERED_LINES) lines += n;
          else task.formatContext.count(counter, n);
        },
      };
      const parser = inputFormatOf(job).openNumbered?.(file, record, context);
      if (parser === undefined) throw new Error('the plan and the job disagree about the input');
      feed(parser, input);
      return lines;
    }
    case 'whole-files': {
      const split = { file, fileSize: inputLength, start: 0, length: inputLength };
      const parser = inputFormatOf(job).open(split, record, task.formatContext);
      const whole = createWholeFile(file, inputLength, parser);
      feed(whole, input);
      return whole.pieces();
    }
  }
}

function feed(parser: RecordParser, input: ByteStream): void {
  for (let chunk = input.next(); chunk !== null; chunk = input.next()) {
    if (!parser.write(chunk)) break;
  }
  parser.end();
}
