// The thinnest slice: a word count over splits of any size gives the counts of a naive loop.
import {
  type AnyJob,
  createMapTask,
  encodeUtf8,
  executeReduce,
  job,
  planSplits,
  segmentSource,
  sum,
} from '@lisping/core';
import { expect, test } from 'vitest';
import { inputFormatOf } from './index.ts';

function run(wordCount: AnyJob, text: string, splitBytes: number, reduces: number): string[] {
  const bytes = encodeUtf8(text);
  const base = { job: wordCount, attempt: 0, reduces, inputs: ['a'], parameters: {}, seed: '' };
  const format = inputFormatOf(wordCount);
  const maps = planSplits([{ path: 'a', size: bytes.length }], splitBytes, true).map(
    ({ start, length }, task) => {
      const map = createMapTask({ ...base, task, file: 'a' });
      const split = { file: 'a', fileSize: bytes.length, start, length };
      const parser = format.open(split, map.record, map.formatContext);
      for (let at = start; at < bytes.length; at += 5) {
        if (!parser.write(bytes.subarray(at, at + 5))) break;
      }
      parser.end();
      return map.finish();
    },
  );
  return Array.from({ length: reduces }, (_, task) => {
    let part = '';
    const sources = maps.map((map) => segmentSource(map.segments[task]!));
    executeReduce({ ...base, task }, sources, (chunk) => {
      part += new TextDecoder().decode(chunk);
    });
    return part;
  });
}

test('a word count gives the same parts under every split size', () => {
  const wordCount = job({
    name: 'word-count',
    map(line, emit) {
      for (const word of line.split(/[ \t]+/)) if (word) emit(word, 1);
    },
    combine: sum,
    reduce(word, counts, emit) {
      emit(word, sum(counts));
    },
  });
  const text = 'the hello\r\na the é 世界\nthe a\n\nhello the';
  for (let splitBytes = 1; splitBytes < 60; splitBytes++) {
    expect(run(wordCount, text, splitBytes, 3)).toEqual([
      '世界\t1\n',
      'the\t4\n',
      'a\t2\nhello\t2\né\t1\n',
    ]);
  }
});
