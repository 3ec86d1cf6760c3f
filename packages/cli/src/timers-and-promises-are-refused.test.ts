// A job is synchronous. Whatever it leaves to a timer or a promise is LISPING_E_ASYNC every time, and
// never an output from which something is missing.
import { afterAll, describe, expect, it } from 'vitest';
import { jobFile } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const JOBS: Readonly<Record<string, string>> = {
  'emits-late.ts': jobFile(`map(line, emit) { setTimeout(() => emit(line, 1), 0); },`),
  'emits-much-later.ts': jobFile(`map(line, emit) { setTimeout(() => emit(line, 1), 60_000); },`),
  'emits-in-a-promise.ts': jobFile(
    `map(line, emit) { void Promise.resolve().then(() => emit(line, 1)); },`,
  ),
  'rejects.ts': jobFile(
    `map(line, emit) { void Promise.reject(new Error('late')); emit(line, 1); },`,
  ),
  'throws-late.ts': jobFile(
    `map(line, emit) { setTimeout(() => { throw new Error('late'); }, 0); emit(line, 1); },`,
  ),
  'throws-late-at-the-top.ts': jobFile(
    `map(line, emit) { emit(line, 1); },`,
    `setTimeout(() => { throw new Error('late'); }, 0);`,
  ),
  'reduce-reads-a-file.ts': jobFile(
    `map(line, emit) { emit(line, 1); },
     reduce(key, values, emit) { readFile('in.txt', () => emit(key)); },`,
    `import { readFile } from 'node:fs';`,
  ),
};
const bench: Workbench = workbench({ 'in.txt': 'a\nb\n', ...JOBS });
const names = bench.names();

afterAll(() => bench.remove());

describe('what a job leaves to timers and promises is refused', () => {
  it.each(Object.keys(JOBS))('%s: LISPING_E_ASYNC and no output', async (job) => {
    const ended = await bench.lisping('run', job, '--input', 'in.txt', '--output', 'out', '--json');
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_ASYNC' } });
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(bench.names()).toEqual(names);
  });

  it('the record of a late emit and the line of a late throw are named', async () => {
    const run = (job: string) =>
      bench.lisping('run', job, '--input', 'in.txt', '--output', 'out', '--json');
    expect(jsonOf(await run('emits-late.ts'))).toMatchObject({
      error: { where: { file: 'emits-late.ts', line: 4 }, record: { input: 'in.txt' } },
    });
    expect(jsonOf(await run('throws-late.ts'))).toMatchObject({
      error: { message: expect.stringContaining('late'), where: { file: 'throws-late.ts' } },
    });
  });

  it.each(['emits-late.ts', 'rejects.ts', 'throws-late.ts'])(
    '%s fails in a simulation too',
    async (job) => {
      const ended = await bench.lisping(
        'sim',
        job,
        '--input',
        'in.txt',
        '--replicas',
        '5',
        '--output',
        'out',
        '--json',
      );
      expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_ASYNC' } });
      expect(ended.code).toBe(1);
      expect(bench.names()).toEqual(names);
    },
  );
});
