/** Searches a mutant with the generator that is always used, without a hint, until a checker fires. */
import { job, sum } from '@lisping/core';
import type { AnyJob } from '@lisping/core';
import { buildMutant } from './build-mutant.ts';
import type { StoryLine } from '../src/index.ts';
import type { Mutant } from './build-mutant.ts';

export interface Kill {
  /** The names of the checkers that fired. */
  readonly checkers: readonly string[];
  readonly detail: string;
  /** Schedules until then, this one included. */
  readonly schedules: number;
  readonly seed: string;
  readonly story: readonly StoryLine[];
}

export interface HuntOptions {
  readonly seed?: string;
  readonly schedules?: number;
  /** Go on until this checker fires; without it, until any does. */
  readonly checker?: string;
}

/** Counts words; every word lies in several splits, so that every reduce merges. */
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

/**
 * Gives other bytes in every attempt, though the same output: what is reduced then depends on which
 * attempt a segment is of, and must be the canonical one.
 */
export const moodyCount: AnyJob = job({
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

function text(): Uint8Array {
  const lines: string[] = [];
  for (let i = 0; i < 60; i++) lines.push(`the word ${i % 7} and ${i % 11} again`);
  return new Uint8Array(Buffer.from(lines.join('\n')));
}

/** The first schedule in which the checker fires; null when it never does. */
export async function hunt(mutant: Mutant, options: HuntOptions = {}): Promise<Kill | null> {
  const { simulate, swarmFaults } = await buildMutant(mutant);
  const { seed = 'hunt', schedules = 1000, checker } = options;
  const replicas = 4;
  const { job: jobOf = wordCount, reduces = 3 } = mutant.options ?? {};
  for (let done = 0; done < schedules;) {
    const result = simulate({
      job: jobOf,
      jobName: jobOf.name,
      inputs: [{ path: 'text', bytes: text() }],
      replicas,
      slots: 2,
      failRate: 0,
      reduces,
      splitBytes: 150,
      seed: `${seed}-${done}`,
      schedules: schedules - done,
      keepGoing: false,
      faults: swarmFaults,
      parameters: {},
      // Attempts of a moody job must really run.
      memo: jobOf === wordCount,
    });
    if (result.failing === undefined) return null;
    const fired = result.checks.filter((check) => !check.ok);
    done += result.failing.schedule + 1;
    const checkers = fired.map((check) => check.name);
    // Without a checker that fired, the job failed as it had to.
    const isWanted = checker === undefined ? checkers.length > 0 : checkers.includes(checker);
    if (!isWanted) continue;
    return {
      checkers,
      detail: fired.map((check) => check.detail ?? '').join('; '),
      schedules: done,
      seed: result.failing.seed,
      story: result.failing.story,
    };
  }
  return null;
}
