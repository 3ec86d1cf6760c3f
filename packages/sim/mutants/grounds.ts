/**
 * Where mutants are hunted: a few clusters and jobs, each of which comes to places in the protocol
 * that others do not. Every hunt goes round all of them; none is chosen for a mutant.
 */
import { job, sum } from '@lisping/core';
import type { AnyJob } from '@lisping/core';
import type { SimulationOptions } from '@lisping/sim';

/** What of a simulation is the same in every hunt on this ground. */
export type Ground = { readonly name: string } & Pick<
  SimulationOptions,
  'job' | 'inputs' | 'replicas' | 'slots' | 'reduces' | 'splitBytes' | 'memo'
> &
  Partial<Pick<SimulationOptions, 'timing'>>;

/** Counts words; every word lies in several splits, so that every reduce merges. */
const wordCount: AnyJob = job({
  name: 'word-count',
  map(line: string, emit) {
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

/**
 * Gives other bytes in every attempt, though the same output: what is reduced then depends on which
 * attempt a segment is of, and must be the canonical one.
 */
const moodyCount: AnyJob = job({
  name: 'moody-count',
  map(line: string, emit, { attempt }) {
    for (const word of line.split(' ')) emit(word, `attempt ${attempt}`);
  },
  reduce(word, attempts, emit) {
    let count = 0;
    for (const _ of attempts) count++;
    emit(word, count);
  },
});

/** Fails at one record, whenever and wherever it is run. */
const failingCount: AnyJob = job({
  name: 'failing-count',
  map(line: string, emit) {
    if (line.includes(' 6 and 10 ')) throw new Error('this record is not for us');
    emit(line, 1);
  },
  combine: sum,
  reduce(line, counts, emit) {
    emit(line, sum(counts));
  },
});

function text(lines: number): SimulationOptions['inputs'] {
  const all = Array.from({ length: lines }, (_, i) => `the word ${i % 7} and ${i % 11} again`);
  return [{ path: 'text', bytes: new Uint8Array(Buffer.from(all.join('\n'))) }];
}

const common = {
  job: wordCount,
  inputs: text(60),
  replicas: 4,
  slots: 2,
  reduces: 3,
  splitBytes: 150,
  memo: true,
} as const;

/** In the order in which hunts go round them. */
export const GROUNDS: readonly Ground[] = [
  { name: 'a few of everything', ...common },
  { name: 'more reduces than slots', ...common, replicas: 3, slots: 1, reduces: 5 },
  // Attempts of a moody job must really run.
  { name: 'a map that is not deterministic', ...common, job: moodyCount, memo: false },
  { name: 'map-only', ...common, reduces: 0 },
  { name: 'lists of several pages', ...common, reduces: 2, timing: { page: 3 } },
  { name: 'two replicas', ...common, replicas: 2, inputs: text(20) },
  { name: 'a record that fails', ...common, job: failingCount, inputs: text(80), splitBytes: 400 },
  { name: 'more replicas than work', ...common, replicas: 9, inputs: text(30), reduces: 2 },
];
