// The true protocol under every kind of fault: no checker may fire, whatever the shape of the job.
import { job, sum } from '@lisping/core';
import { expect, test } from 'vitest';
import { swarmFaults } from '../swarm.ts';
import { simulate } from '../simulate.ts';

const lines = Array.from({ length: 40 }, (_, i) => `a word ${i % 7} and ${i % 5} others`);

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

const SHAPES = [
  { name: 'a few reduces', replicas: 4, reduces: 3, splitBytes: 150 },
  { name: 'more reduces than slots', replicas: 3, reduces: 12, splitBytes: 200 },
  { name: 'map-only', replicas: 5, reduces: 0, splitBytes: 80 },
  { name: 'one of everything', replicas: 1, reduces: 1, splitBytes: 1 << 20 },
  { name: 'more replicas than work', replicas: 12, reduces: 1, splitBytes: 300 },
];

test.each(SHAPES)('no alarm: $name', ({ replicas, reduces, splitBytes }) => {
  const result = simulate({
    job: wordCount,
    jobName: 'word-count',
    inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from(lines.join('\n'))) }],
    replicas,
    slots: 2,
    failRate: 0,
    reduces,
    splitBytes,
    seed: 'no false alarms',
    schedules: 200,
    keepGoing: true,
    faults: swarmFaults,
    parameters: {},
    memo: true,
  });
  const fired = result.checks.filter((check) => !check.ok);
  expect({ fired, faults: result.failing?.faults }).toEqual({ fired: [], faults: undefined });
  expect(result.verdict).toBe('passed');
});
