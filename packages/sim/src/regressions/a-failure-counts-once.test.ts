// A primary died when it had written down that an attempt failed, and before it said so. Its replica told
// the successor that the attempt waits for an answer, the successor took it for work that goes on, heard
// the report a second time and counted the failure again: a task was given up after three real failures.
import { job } from '@lisping/core';
import { expect, test } from 'vitest';
import { simulate } from '../simulate.ts';

const failing = job({
  map(line: string) {
    throw new Error(`not ${line}`);
  },
});

test.each([6, 7, 8, 9, 10])('a failure counts once when the primary dies at write %i', (write) => {
  const { checks } = simulate({
    job: failing,
    jobName: 'failing',
    inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from('one line')) }],
    replicas: 2,
    slots: 1,
    failRate: 0,
    reduces: 0,
    splitBytes: 100,
    seed: 'once',
    schedules: 1,
    keepGoing: false,
    faults: [
      {
        at: 0,
        kind: 'crash-at-write',
        target: 'primary',
        until: 60_000_000,
        write,
        when: 'after',
        down: 200_000,
      },
    ],
    parameters: {},
    memo: true,
  });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});
