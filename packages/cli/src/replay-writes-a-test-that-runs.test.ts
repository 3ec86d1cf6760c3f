// A regression test is worth something when it fails as long as the fault is there and passes when it
// is gone: here for a mistake of a job, and for a broken rule of the protocol itself.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { jobFile } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));

let bench: Workbench;
afterEach(() => bench.remove());

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function node(...args: readonly string[]): Ended {
  const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, LISPING_TEST_JSON: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: bench.path,
    env,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

function vitest(file: string): Ended {
  return node(join(MODULES, 'vitest/vitest.mjs'), 'run', '--root', bench.path, file);
}

async function shrunkReplay(...args: readonly string[]): Promise<string> {
  const { shrunk } = jsonOf(await bench.lisping('sim', ...args, '--json'));
  return replayOf(shrunk);
}

function replayOf(shrunk: unknown): string {
  if (typeof shrunk !== 'object' || shrunk === null || !('replay' in shrunk)) {
    throw new Error('nothing was shrunk');
  }
  return String(shrunk.replay);
}

const FIRST = jobFile(`
  map(line, emit) { for (const word of line.split(' ')) emit('all', word); },
  reduce(key, values, emit) { for (const value of values) return emit(key, value); },`);

const LEAST = jobFile(`
  map(line, emit) { for (const word of line.split(' ')) emit('all', word); },
  reduce(key, values, emit) { emit(key, [...values].sort().at(0)); },`);

test(
  "the test of a job's mistake fails until the mistake is gone",
  { timeout: 120_000 },
  async () => {
    bench = workbench({ 'in.txt': 'c a\nb d\n'.repeat(50), 'jobs/first.ts': FIRST });
    symlinkSync(MODULES, bench.file('node_modules'));
    const id = await shrunkReplay('jobs/first.ts', '--input', 'in.txt', '--replicas', '4');
    const file = 'test/regressions/first.test.ts';
    await bench.lisping('replay', id, '--as-test', file);
    const source = readFileSync(bench.file(file), 'utf8');
    expect(source).toContain(`import job from '../../jobs/first.ts';`);
    expect(source).not.toMatch(/[0-9a-f]{16}/);

    const before = vitest(file);
    expect(before.status).toBe(1);
    expect(before.output).toContain('the job does not depend on the order of values');
    writeFileSync(bench.file('jobs/first.ts'), LEAST);
    expect(vitest(file).status).toBe(0);

    const again = await bench.lisping('replay', id, '--as-test', file, '--json');
    expect(again.code).toBe(2);
    expect(jsonOf(again)).toMatchObject({ error: { code: 'LISPING_E_FILE' } });
    expect(readFileSync(bench.file(file), 'utf8')).toBe(source);
  },
);

const OWN = ['core', 'formats', 'sim', 'runtime', 'hadoop-bridge'];

/** A copy of all that is built, so that one rule of it can be broken. */
function install(): void {
  mkdirSync(bench.file('node_modules/@lisping'), { recursive: true });
  const places = OWN.map((name) => [name, `@lisping/${name}`] as const);
  for (const [name, place] of [...places, ['cli', 'lisping'] as const]) {
    for (const part of name === 'cli'
      ? ['dist', 'bin', 'package.json']
      : ['dist', 'package.json']) {
      const to = bench.file(`node_modules/${place}/${part}`);
      cpSync(join(PACKAGES, name, part), to, { recursive: true });
    }
  }
  for (const name of [
    '@oclif',
    'valibot',
    'seedrandom',
    'csv-parse',
    'esbuild',
    'vitest',
    '@esbuild',
  ]) {
    symlinkSync(join(MODULES, name), bench.file(`node_modules/${name}`));
  }
}

const COUNTED = 'add(task.canonical.counters);';

/** What a second attempt counted counts twice; or no longer does. */
function breakRule(broken: boolean): void {
  const file = bench.file('node_modules/@lisping/core/dist/protocol/primary/apply.js');
  const source = readFileSync(join(PACKAGES, 'core/dist/protocol/primary/apply.js'), 'utf8');
  expect(source.split(COUNTED)).toHaveLength(2);
  const twice = `{ ${COUNTED} if (task.canonical.attempt.number > 0) ${COUNTED} }`;
  writeFileSync(file, broken ? source.replace(COUNTED, twice) : source);
}

test(
  'the test of a broken protocol fails on it, and passes on the true one',
  {
    timeout: 120_000,
  },
  () => {
    bench = workbench({});
    install();
    breakRule(true);
    const bin = bench.file('node_modules/lisping/bin/lisping.js');
    const sizes = ['--replicas', '5', '--fail-rate', '0.5', '--schedules', '20', '--seed', 's'];
    const sim = node(bin, 'sim', ...sizes, '--json');
    const found: unknown = JSON.parse(sim.output);
    expect(found).toMatchObject({
      verdict: 'failed',
      shrunk: {
        faults: 1,
        minimal: true,
        without: ['passed'],
        check: { name: 'counters-are-sums' },
      },
    });
    const id = replayOf((found as { readonly shrunk: unknown }).shrunk); // which was just looked at
    expect(node(bin, 'replay', id, '--as-test', 'counters.test.ts').status).toBe(1);

    const onBroken = vitest('counters.test.ts');
    expect(onBroken.status).toBe(1);
    expect(onBroken.output).toContain('counters are the sum over winning attempts');
    breakRule(false);
    expect(vitest('counters.test.ts').status).toBe(0);
  },
);
