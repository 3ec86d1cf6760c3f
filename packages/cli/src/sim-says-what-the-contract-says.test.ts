// `lisping sim` end to end: the fields of --json, exit codes, and that two processes agree.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

let bench: Workbench;
afterEach(() => bench.remove());

const HASH = expect.stringMatching(/^[0-9a-f]{16}$/);
const SUMS = { total: expect.any(Number), attempts: expect.any(Number), lost: expect.any(Number) };

describe('lisping sim', () => {
  it('prints every field of the contract', async () => {
    bench = workbench({});
    const ended = await bench.lisping(
      'sim',
      '--seed',
      'x',
      '--replicas',
      '10',
      '--fail-rate',
      '0.3',
      '--schedules',
      '2',
      '--json',
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      job: 'word-count',
      seed: 'x',
      replicas: 10,
      verdict: 'passed',
      schedules: 2,
      events: expect.any(Number),
      simulatedMicroseconds: expect.any(Number),
      wallMilliseconds: expect.any(Number),
      faults: { crash: expect.any(Number) },
      tasks: { map: { ...SUMS, total: 400 }, reduce: { ...SUMS, total: 32 } },
      traceHash: HASH,
      replay: expect.stringMatching(/^r1\./),
      output: { records: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const { checks } = jsonOf(ended);
    expect(checks).toBeInstanceOf(Array);
  });

  it('gives equal traces and outputs for equal seeds in two processes', async () => {
    bench = workbench({});
    const args = ['sim', '--seed', 'again', '--replicas', '20', '--fail-rate', '0.2', '--json'];
    const [one, two] = await Promise.all([bench.lisping(...args), bench.lisping(...args)]);
    const { wallMilliseconds: _one, ...first } = jsonOf(one);
    const { wallMilliseconds: _two, ...second } = jsonOf(two);
    expect(first).toEqual(second);
  });

  it('writes the parts that `lisping run` writes', async () => {
    bench = workbench({ 'wc.ts': WORD_COUNT, 'in.txt': 'b a\nc a\n'.repeat(50) });
    const args = ['wc.ts', '--input', 'in.txt', '--split-bytes', '37', '--reduces', '3'];
    const sim = await bench.lisping(
      'sim',
      ...args,
      '--fail-rate',
      '0.5',
      '--output',
      'simulated',
      '--json',
    );
    await bench.lisping('run', ...args, '--output', 'ran');
    const content = (name: string): string => readFileSync(bench.file(name), 'utf8');
    expect(readdirSync(bench.file('simulated'))).toEqual(readdirSync(bench.file('ran')));
    const parts = [0, 1, 2].map((number) => content(`ran/part-0000${number}`));
    expect([0, 1, 2].map((number) => content(`simulated/part-0000${number}`))).toEqual(parts);
    const sha256 = createHash('sha256').update(parts.join('')).digest('hex');
    expect(jsonOf(sim)).toMatchObject({ output: { records: 3, sha256 } });
  });

  it('fails a job whose map throws, with the record, the line, and a replay id', async () => {
    bench = workbench({
      'bad.ts': jobFile(`map(line) { throw new Error('no ' + line); }, reduce() {},`),
      'in.txt': 'x\ny\n',
    });
    const ended = await bench.lisping(
      'sim',
      'bad.ts',
      '--input',
      'in.txt',
      '--output',
      'out',
      '--json',
    );
    expect(ended.code).toBe(1);
    expect(jsonOf(ended)).toMatchObject({
      verdict: 'failed',
      replay: expect.stringMatching(/^r1\./),
      error: {
        code: 'LISPING_E_MAP_THREW',
        where: { file: 'bad.ts', line: 4 },
        record: { input: 'in.txt', offset: 0, text: 'x' },
      },
    });
    expect(bench.names()).toEqual(['bad.ts', 'in.txt']);
    const plain = await bench.lisping('sim', 'bad.ts', '--input', 'in.txt');
    expect(plain.code).toBe(1);
    expect(plain.stdout).toMatch(/FAILED[^]*no x[^]*bad\.ts:4[^]*again: lisping replay r1\./);
  });

  it.each([
    [
      'LISPING_E_VALUE_ORDER',
      `map(line, emit) { emit('all', line); },
       reduce(key, values, emit) { for (const value of values) return emit(key, value); },`,
    ],
    [
      'LISPING_E_NONDETERMINISTIC',
      `map(line, emit) { emit(line, Math.random()); },
       reduce(key, values, emit) { emit(key, [...values].sort()); },`,
    ],
  ])('calls a mistake of the job by its name: %s', async (code, properties) => {
    bench = workbench({ 'job.ts': jobFile(properties), 'in.txt': 'x\ny\nz\n' });
    const args = ['job.ts', '--input', 'in.txt', '--split-bytes', '2', '--seed', 's'];
    const ended = await bench.lisping('sim', ...args, '--json');
    expect(ended.code).toBe(1);
    expect(jsonOf(ended)).toMatchObject({ verdict: 'failed', error: { code } });
  });

  // It waits ten seconds for the map, and shrinks. .ci/run only; the simulator's own tests wait less.
  const itInCi = process.env['CI'] === 'true' ? it : it.skip;
  itInCi(
    'ends a map without end with an error that names the record',
    async () => {
      bench = workbench({
        'endless.ts': jobFile(`map(line) { if (line === 'y') for (;;); }, reduce() {},`),
        'in.txt': 'x\ny\n',
      });
      const ended = await bench.lisping(
        'sim',
        'endless.ts',
        '--input',
        'in.txt',
        '--replicas',
        '3',
        '--json',
      );
      expect(ended.code).toBe(1);
      expect(jsonOf(ended)).toMatchObject({
        error: { code: 'LISPING_E_TASK_STUCK', record: { input: 'in.txt', offset: 2, text: 'y' } },
        shrunk: { faults: 0, input: { lines: 1, shown: [{ path: 'in.txt', text: 'y' }] } },
      });
    },
    240_000,
  );

  it('passes a job with no input at all, and says that there was none', async () => {
    bench = workbench({ 'wc.ts': WORD_COUNT });
    const ended = await bench.lisping('sim', 'wc.ts');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('no input');
  });

  it('simulates the passes of a pipeline', async () => {
    bench = workbench({
      'in.txt': 'a b a c\n',
      'job.ts': `import { job, keyValue, pipeline, sum } from 'lisping';
        const count = job({ name: 'count', map(line: string, emit) { for (const word of line.split(' ')) emit(word, 1); },
          combine: sum, reduce(word, counts, emit) { emit(word, sum(counts)); } });
        const swap = job({ name: 'swap', input: keyValue(),
          map([word, count]: readonly [string, string], emit) { emit(count, word); },
          reduce(count, words, emit) { emit(count, [...words].sort().join(',')); } });
        export default pipeline([count, swap]);`,
    });
    const args = ['job.ts', '--input', 'in.txt', '--fail-rate', '0.3', '--output', 'out', '--json'];
    const json = jsonOf(await bench.lisping('sim', ...args));
    expect(json).toMatchObject({
      verdict: 'passed',
      job: 'count + swap',
      tasks: { map: { total: 2 } },
    });
    expect(readFileSync(bench.file('out/part-00000'), 'utf8')).toBe('1\tb,c\n2\ta\n');
    const again = jsonOf(await bench.lisping('replay', String(json['replay']), '--json'));
    expect(again['traceHash']).toBe(json['traceHash']);
  });

  it('writes no output for a job that was cancelled, and says that it was', async () => {
    const cancel = [{ at: 1_000_000, kind: 'cancel', target: 'client' }];
    bench = workbench({
      'wc.ts': WORD_COUNT,
      'in.txt': 'b a\nc a\n',
      'faults.json': JSON.stringify(cancel),
    });
    const args = ['wc.ts', '--input', 'in.txt', '--faults', 'faults.json', '--output', 'out'];
    const ended = await bench.lisping('sim', ...args);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('the job was cancelled, so it has no output');
    expect(ended.stdout).toContain('not compared: the job was cancelled');
    expect(bench.names()).toEqual(['faults.json', 'in.txt', 'wc.ts']);
  });

  it('says which faults struck nothing, and who was brought back for the job to end', async () => {
    const crash = { kind: 'crash', disk: 'kept', until: null };
    const faults = [
      { ...crash, at: 1_000_000, target: 'primary' },
      { ...crash, at: 1_000_001, target: 'primary' },
    ];
    bench = workbench({
      'wc.ts': WORD_COUNT,
      'in.txt': 'b a\nc a\n',
      'faults.json': JSON.stringify(faults),
    });
    const args = ['sim', 'wc.ts', '--input', 'in.txt', '--faults', 'faults.json'];
    const { code, stdout } = await bench.lisping(...args);
    expect(code).toBe(0);
    expect(stdout).toContain('1 crash, 1 struck nothing');
    expect(stdout).toContain('1 node was brought back so that the job can end');
    const json = jsonOf(await bench.lisping(...args, '--json'));
    expect(json).toMatchObject({ faults: { crash: 1 }, missedFaults: 1, broughtBack: 1 });
  });

  it.each([80])('fits into %s columns, copied commands and ids apart', async (width) => {
    bench = workbench({});
    const ended = await bench.lisping(
      'sim',
      '--fail-rate',
      '0.4',
      '--schedules',
      '12',
      '--seed',
      '1',
      '--reduces',
      '64',
    );
    const lines = ended.stdout.split('\n').filter((line) => !line.includes('again:'));
    expect(Math.max(...lines.map((line) => Array.from(line).length))).toBeLessThanOrEqual(width);
    expect(ended.stdout).not.toContain('\u001B');
  });
});
