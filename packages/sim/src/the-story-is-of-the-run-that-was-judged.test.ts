/** A job that gives something else when a task runs again: its trace is that of the run that failed, all the same. */
import { job, sum } from '@lisping/core';
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import type { TraceEvent } from './trace.ts';

const moody = job({
  name: 'moody',
  map(line, emit, { attempt }) {
    emit(line, attempt + 1);
  },
  combine: sum,
  reduce(line, counts, emit) {
    emit(line, sum(counts));
  },
});

const text = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('');

test.each(['a', 'b', 'c', 'd', 'e', 'f'])(
  'the trace of %s is of the run that was judged',
  (seed) => {
    const events: TraceEvent[] = [];
    const { simulatedMicroseconds, schedules } = simulate({
      job: moody,
      jobName: 'moody',
      inputs: [{ path: 'in.txt', bytes: new TextEncoder().encode(text) }],
      splitBytes: 10,
      reduces: 2,
      replicas: 8,
      slots: 2,
      failRate: 0.6,
      seed,
      schedules: 1,
      keepGoing: false,
      faults: null,
      parameters: {},
      memo: true,
      trace: (event: TraceEvent) => events.push(event),
    });
    expect(schedules).toBe(1);
    expect(events.at(-1)?.at).toBe(simulatedMicroseconds);
  },
);
