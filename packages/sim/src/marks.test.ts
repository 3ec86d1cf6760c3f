// The generator must come to the places where such protocols break; silence of a checker means nothing
// where nobody has been.
import { job, sum } from '@lisping/core';
import { expect, test } from 'vitest';
import { swarmFaults } from './swarm.ts';
import { Marks, MARKS, noMarks } from './marks.ts';
import { simulate } from './simulate.ts';

const wordCount = job({
  name: 'word-count',
  map(line: string, emit) {
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

test(
  'a thousand schedules of mixed faults come to every marked moment',
  { timeout: 120_000 },
  () => {
    const lines = Array.from({ length: 40 }, (_, i) => `a word ${i % 7} and ${i % 5} others`);
    const counts = noMarks();
    const replicas = 4;
    simulate({
      job: wordCount,
      jobName: 'word-count',
      inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from(lines.join('\n'))) }],
      replicas,
      slots: 2,
      failRate: 0,
      reduces: 3,
      splitBytes: 150,
      seed: 'marks',
      schedules: 1000,
      keepGoing: true,
      faults: swarmFaults,
      parameters: {},
      memo: true,
      observe: () => [new Marks(counts)],
    });
    expect(MARKS.filter((mark) => counts[mark] === 0)).toEqual([]);
  },
);
