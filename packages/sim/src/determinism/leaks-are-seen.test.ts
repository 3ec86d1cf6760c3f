// That two runs are compared is worth nothing as long as nobody knows what the comparison would see.
// Each of these copies leaks something into a run, and the event at which it shows is named.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { job, sum } from '@lisping/core';
import { expect, test } from 'vitest';
import { buildMutant, placeMutant } from '../../mutants/build-mutant.ts';
import { LEAKS } from '../../mutants/leaks/leaks.ts';
import type { Leak } from '../../mutants/leaks/leaks.ts';
import type { SimulationOptions } from '../simulate.ts';
import { divergenceBetween, divergenceWords } from './divergence.ts';
import type { Divergence } from './divergence.ts';
import type { Recorded } from './record.ts';
import { divergenceOf } from './watch.ts';

const wordCount = job({
  name: 'word-count',
  map(line: string, emit, context) {
    context.counter('zebra', 1);
    context.counter('äpple', 1);
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) {
    emit(word, sum(counts));
  },
});

const SIZES = {
  jobName: 'word-count',
  replicas: 3,
  slots: 2,
  failRate: 0,
  reduces: 2,
  splitBytes: 100,
  seed: 'leak',
  schedules: 1,
  keepGoing: false,
  faults: null,
  parameters: {},
  memo: true,
};

const text = Array.from({ length: 40 }, (_, i) => `word ${i % 7} and ${i % 5} again`).join('\n');

const options: SimulationOptions = {
  ...SIZES,
  job: wordCount,
  inputs: [{ path: 'text', bytes: new Uint8Array(Buffer.from(text)) }],
};

const FAULTS = [
  { at: 4_000_000, kind: 'crash', target: 'replica-1', disk: 'wiped', until: 9_000_000 },
] as const;

/** What a process of its own does: it runs the schedule and prints what happened. */
const PROGRAM = `
import { recorded } from './node_modules/@lisping/sim/dist/determinism/recorded.js';
import { job, sum } from './node_modules/@lisping/core/dist/index.js';
const text = ${JSON.stringify(text)};
const wordCount = job({
  name: 'word-count',
  map(line, emit, { counter }) {
    counter('zebra', 1);
    counter('äpple', 1);
    for (const word of line.split(' ')) emit(word, 1);
  },
  combine: sum,
  reduce(word, counts, emit) { emit(word, sum(counts)); },
});
const inputs = [{ path: 'text', bytes: new TextEncoder().encode(text) }];
const options = { ...${JSON.stringify(SIZES)}, job: wordCount, inputs };
const run = recorded(options, { seed: 'leak', faults: ${JSON.stringify(FAULTS)} });
process.stdout.write(JSON.stringify(run));
`;

function apart(
  { edits }: Leak,
  surroundings: NonNullable<Leak['surroundings']>,
): Divergence | null {
  const directory = placeMutant({ edits });
  try {
    const file = join(directory, 'record.mjs');
    writeFileSync(file, PROGRAM);
    const [first, second] = surroundings.map((environment) => {
      const output = execFileSync(process.execPath, [file], {
        encoding: 'utf8',
        env: { ...process.env, ...environment },
        maxBuffer: 64 * 1024 * 1024,
      });
      return JSON.parse(output) as Recorded; // which the program wrote
    });
    if (first === undefined || second === undefined) throw new Error('there are two surroundings');
    return divergenceBetween(first, second);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function divergenceIn(leak: Leak): Promise<Divergence | null> {
  if (leak.surroundings !== undefined) return apart(leak, leak.surroundings);
  const broken = await buildMutant(leak);
  return await broken.divergenceOf(options, { seed: 'leak', faults: FAULTS });
}

test.each(LEAKS)('$rule', { timeout: 60_000 }, async (leak) => {
  const divergence = await divergenceIn(leak);
  if (divergence === null) return expect.unreachable('it is seen');
  const [, first, second] = divergenceWords(divergence);
  const event = (line = ''): string => line.replace(/^(first|second) +\S+ /, '');
  expect(event(first)).toMatch(leak.partsAt);
  expect(event(second)).toMatch(leak.partsAt);
  expect(divergence.after).toBeGreaterThan(0);
});

test('two runs of the true simulator are alike, also in other surroundings', async () => {
  expect(await divergenceOf(options, { seed: 'leak', faults: FAULTS })).toBeNull();
  const elsewhere = { LC_ALL: 'sv_SE.UTF-8', TZ: 'Asia/Kolkata', LISPING_LEAK: 'yes' };
  const nothing: Leak = { rule: 'none', edits: [], partsAt: /$/ };
  expect(
    apart(nothing, [{}, { ...elsewhere, NODE_OPTIONS: '--max-old-space-size=200' }]),
  ).toBeNull();
});

test('a job that is not deterministic is told from a simulator that is not', async () => {
  let runs = 0;
  const moody = job({
    name: 'moody',
    map(line: string, emit) {
      emit(line, ++runs);
    },
    reduce(line, _, emit) {
      emit(line);
    },
  });
  const divergence = await divergenceOf({ ...options, job: moody }, { seed: 'leak', faults: [] });
  expect(divergence).toMatchObject({ inUserCode: true, first: { event: { event: 'executed' } } });
});
