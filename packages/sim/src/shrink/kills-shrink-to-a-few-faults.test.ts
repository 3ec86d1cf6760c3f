// A failing schedule is worth what people understand of it: each of these broken protocols is found
// with the ordinary generator, and shrinks to three faults or fewer of which none is needless.
import { job, sum } from '@lisping/core';
import { expect, test } from 'vitest';
import { buildMutant } from '../../mutants/build-mutant.ts';
import { mutant as counters } from '../../mutants/counters-doubled.ts';
import { mutant as lostOutput } from '../../mutants/lost-output-not-made-again.ts';
import { mutant as resync } from '../../mutants/placed-before-resync.ts';
import { mutant as stalePrimary } from '../../mutants/stale-primary-obeyed.ts';
import { mutant as success } from '../../mutants/success-before-all-published.ts';
import type { FaultGenerator } from '../fault-generator.ts';
import type { SimulationOptions } from '../simulate.ts';
import { simulate } from '../simulate.ts';
import type { Shrunk } from './shrink.ts';

const REPLICAS = 4;

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

function optionsOf(seed: string, faults: FaultGenerator): SimulationOptions {
  const lines = Array.from({ length: 60 }, (_, i) => `the word ${i % 7} and ${i % 11} again`);
  return {
    job: wordCount,
    jobName: wordCount.name,
    inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from(lines.join('\n'))) }],
    replicas: REPLICAS,
    slots: 2,
    failRate: 0,
    reduces: 3,
    splitBytes: 150,
    seed,
    schedules: 1000,
    keepGoing: false,
    faults,
    parameters: {},
    memo: true,
  };
}

/** What a run of this case alone says, one fault left out or none. */
function verdictOf(
  run: typeof simulate,
  options: SimulationOptions,
  { seed, faults, replicas, reduces, splitBytes, inputs }: Shrunk,
  without = -1,
): ReturnType<typeof simulate> {
  const kept = faults.filter((_, place) => place !== without);
  const world = { seed, replicas, reduces, splitBytes, inputs, schedules: 1 };
  return run({ ...options, ...world, faults: kept });
}

const MUTANTS = [counters, lostOutput, resync, stalePrimary, success];

test.each(MUTANTS)('$rule', { timeout: 60_000 }, async (mutant) => {
  const broken = await buildMutant(mutant);
  const options = optionsOf('shrink', broken.swarmFaults);
  const found = broken.simulate(options);
  if (found.failing === undefined) return expect.unreachable('it is found');
  const small = broken.shrink(options, found.failing);
  if (small === null) return expect.unreachable('it fails again');

  expect(small.faults.length).toBeLessThanOrEqual(3);
  const first = found.checks.filter((check) => !check.ok).map((check) => check.name);
  const again = verdictOf(broken.simulate, options, small);
  const still = again.checks.filter((check) => !check.ok).map((check) => check.name);
  expect(first.some((name) => still.includes(name))).toBe(true);
  expect(again).toMatchObject({ verdict: small.verdict, traceHash: small.traceHash });
  expect(again.failing?.story).toEqual(small.story);
  for (const place of small.faults.keys()) {
    const { verdict } = verdictOf(broken.simulate, options, small, place);
    expect(verdict).toBe('passed');
  }
  // It is the mutant that is broken.
  expect(verdictOf(simulate, options, small).verdict).toBe('passed');
});

test('the same comes out each time, whatever else the machine does', async () => {
  const broken = await buildMutant(lostOutput);
  const options = optionsOf('again', broken.swarmFaults);
  const { failing } = broken.simulate(options);
  if (failing === undefined) return expect.unreachable('it is found');
  const one = broken.shrink(options, failing);
  expect(broken.shrink(options, failing)).toEqual(one);
});

test('a budget that is spent at once still leaves a schedule that fails', async () => {
  const broken = await buildMutant(lostOutput);
  const options = optionsOf('budget', broken.swarmFaults);
  const { failing } = broken.simulate(options);
  if (failing === undefined) return expect.unreachable('it is found');
  const small = broken.shrink(options, failing, { budget: 1 });
  if (small === null) return expect.unreachable('it fails again');
  expect(small.replicas).toBe(REPLICAS);
  expect(small.minimal).toBe(true);
  expect(verdictOf(broken.simulate, options, small).verdict).toBe(small.verdict);
});
