// Nobody reads eighteen thousand events: what fails is made small before it is shown, and the small
// one is a schedule of its own, with an id that holds what is left of the input.
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobFile } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

let bench: Workbench;
beforeEach(() => {
  const lines = Array.from(
    { length: 400 },
    (_, i) => `${i} ${i % 7} ${i === 333 ? 'oops' : 'fine'}`,
  );
  bench = workbench({
    'in/lines.txt': `${lines.join('\n')}\n`,
    'first.ts': FIRST,
    'oops.ts': OOPS,
    'two.ts': SECOND_PASS,
  });
});
afterEach(() => bench.remove());

/** Its result depends on which value comes first. */
const FIRST = jobFile(`
  map(line, emit, { input }) { for (const word of line.split(' ')) emit(word, input.offset); },
  reduce(key, values, emit) { for (const value of values) return emit(key, value); },`);

/** It throws at one line. */
const OOPS = jobFile(`
  map(line, emit) { if (line.includes('oops')) throw new Error('a bad line: ' + line); emit(line, 1); },
  reduce(key, values, emit) { emit(key); },`);

/** The second pass of it depends on the order of values. */
const SECOND_PASS = `import { job, keyValue, pipeline, sum } from 'lisping';
export default pipeline([
  job({ name: 'count', map(line, emit) { for (const word of line.split(' ')) emit(word, 1); },
    combine: sum, reduce(word, counts, emit) { emit(word, sum(counts)); } }),
  job({ name: 'last', input: keyValue(), map([word, count], emit) { emit(count, word); },
    reduce(count, words, emit) { let last; for (const word of words) last = word; emit(count, last); } }),
]);`;

const ARGS = ['--input', 'in', '--split-bytes', '800', '--replicas', '9', '--seed', 's'];

interface Shrunk {
  readonly faults: number;
  readonly events: number;
  readonly replay: string;
  readonly schedule: readonly unknown[];
  readonly story: readonly unknown[];
  readonly input: { readonly lines: number };
}

/** The casts of this file are of what the command printed; every field is then looked at. */
async function shrunkOf(...args: readonly string[]): Promise<Shrunk> {
  return jsonOf(await bench.lisping('sim', ...args, '--json'))['shrunk'] as Shrunk;
}

describe('lisping sim', () => {
  it('cuts the input of a job that depends on the order of values down to two records', async () => {
    const shrunk = await shrunkOf('first.ts', ...ARGS, '--fail-rate', '0.3');
    expect(shrunk).toMatchObject({
      faults: 0,
      schedule: [],
      minimal: true,
      replicas: 1,
      maps: 1,
      check: { name: 'job-does-not-depend-on-value-order' },
      input: { lines: 2, linesBefore: 400 },
    });
  });

  it('finds the one record that makes a map throw', async () => {
    const shrunk = await shrunkOf('oops.ts', ...ARGS, '--fail-rate', '0.3');
    expect(shrunk).toMatchObject({ faults: 0, replicas: 1, check: null, input: { lines: 1 } });
    expect(JSON.stringify(shrunk.input)).toContain('oops');
  });

  it('gives an id that needs no input file, and repeats the small schedule byte for byte', async () => {
    const shrunk = await shrunkOf('first.ts', ...ARGS);
    rmSync(bench.file('in'), { recursive: true });
    const replays = [1, 2].map(() => bench.lisping('replay', shrunk.replay, '--json'));
    const [one, two] = (await Promise.all(replays)).map(jsonOf);
    expect(one).toMatchObject({
      verdict: 'failed',
      events: shrunk.events,
      failing: { story: shrunk.story },
    });
    expect(one?.['traceHash']).toBe(two?.['traceHash']);
  });

  it('shrinks the pass of a pipeline that fails, apart from the others', async () => {
    const shrunk = await shrunkOf('two.ts', ...ARGS);
    const again = jsonOf(await bench.lisping('replay', shrunk.replay, '--json'));
    expect(again).toMatchObject({ job: 'last', verdict: 'failed', events: shrunk.events });
  });

  it('tells a job that is not deterministic so, with the event at which two runs part', async () => {
    writeFileSync(
      bench.file('random.ts'),
      jobFile(`
  map(line, emit) { if (Math.random() < 0.5) emit(line, 1); },
  reduce(key, values, emit) { emit(key); },`),
    );
    const said = jsonOf(await bench.lisping('sim', 'random.ts', ...ARGS, '--json'));
    expect(said).toMatchObject({
      verdict: 'failed',
      error: { code: 'LISPING_E_NONDETERMINISTIC' },
    });
    expect(said['divergence']).toEqual([
      expect.stringMatching(/^alike for \d+ events/),
      expect.stringMatching(/^first .* executed map-\d+/),
      expect.stringMatching(/^second .* executed map-\d+/),
    ]);
    expect(said).not.toHaveProperty('shrunk');
    const twice = ['--replicas', '3', '--seed', 's', '--check-determinism'];
    expect(jsonOf(await bench.lisping('sim', ...twice, '--json'))['verdict']).toBe('passed');
  });

  it('leaves it as it is when it is told to, and has nothing to shrink when all goes well', async () => {
    expect(await shrunkOf('first.ts', ...ARGS, '--no-shrink')).toBeUndefined();
    expect(await shrunkOf('--replicas', '3', '--seed', 's')).toBeUndefined();
  });

  it('tells the sizes before and after, and the commands to go on with', async () => {
    const { stdout } = await bench.lisping('sim', 'first.ts', ...ARGS);
    expect(stdout).toMatch(
      /FAILED {2}shrunk from .* events and no fault to \d+ events and no fault/,
    );
    expect(stdout).toMatch(/2 lines of 400 are enough/);
    expect(stdout).toMatch(/\n {2}again: lisping replay r1\.\S+\n/);
    expect(stdout).toMatch(/\n {2}test: {2}lisping replay r1\.\S+ --as-test \S+\.test\.ts\n/);
  });
});
