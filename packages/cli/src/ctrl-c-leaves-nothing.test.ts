// Ctrl-C in the middle of a run: exit 130, how far it came, and nothing half-written, even while the
// user's code is in a loop without end.
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Ended, type Workbench } from '../test-support/lisping.ts';

const bench: Workbench = workbench({
  'in.txt': 'a\nb\n',
  'endless.ts': jobFile(`map() { for (;;); }, reduce() {},`),
  'endless-reduce.ts': jobFile(`map(line, emit) { emit(line, 1); }, reduce() { for (;;); },`),
  'word-count.ts': WORD_COUNT,
  'old/part-00000': 'old\n',
});

afterAll(() => bench.remove());

async function interruptWhenAtWork(...args: readonly string[]): Promise<Ended> {
  const { process: child, ended } = bench.start(...args);
  // The workspace appears when tasks are about to run.
  while (!readdirSync(bench.path).some((name) => name.includes('.lisping-'))) await sleep(20);
  await sleep(100);
  child.kill('SIGINT');
  return await ended;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('Ctrl-C', () => {
  it('ends a map that never returns, says how far it came, and leaves nothing', async () => {
    const before = bench.names();
    const ended = await interruptWhenAtWork(
      'run',
      'endless.ts',
      '--input',
      'in.txt',
      '--output',
      'out',
    );
    expect(ended).toMatchObject({ code: 130, signal: null, stdout: '' });
    expect(ended.stderr).toMatch(/interrupted after 0 of 1 map tasks/);
    expect(ended.stderr).toMatch(/Run it\s+again;\s+a\s+simulation\s+with\s+the\s+seed\s+printed/);
    expect(bench.names()).toEqual(before);
  });

  it('ends a reduce that never returns, as JSON, and leaves nothing', async () => {
    const before = bench.names();
    const args = ['run', 'endless-reduce.ts', '--input', 'in.txt', '--output', 'a/b/out', '--json'];
    const { process: child, ended } = bench.start(...args);
    while (!bench.names().includes('a/b')) await sleep(20);
    await sleep(200);
    child.kill('SIGINT');
    const end = await ended;
    expect(end.code).toBe(130);
    expect(jsonOf(end)).toMatchObject({ error: { code: 'LISPING_E_INTERRUPTED' } });
    expect(bench.names()).toEqual(before);
  });

  it('keeps the old output that was to be overwritten', async () => {
    const before = bench.names();
    const args = ['run', 'endless.ts', '--input', 'in.txt', '--output', 'old', '--overwrite'];
    const ended = await interruptWhenAtWork(...args);
    expect(ended.code).toBe(130);
    expect(bench.names()).toEqual(before);
  });

  it('during a simulation prints the seed and how many schedules were run', async () => {
    const before = bench.names();
    const args = [
      'sim',
      '--seed',
      'four',
      '--schedules',
      '1000000',
      '--output',
      'out',
      '--trace',
      't.ndjson',
      '--json',
    ];
    const { process: child, ended } = bench.start(...args);
    while (!bench.names().includes('t.ndjson.partial')) await sleep(20);
    await sleep(300);
    child.kill('SIGINT');
    const end = await ended;
    expect(end.code).toBe(130);
    expect(jsonOf(end)).toMatchObject({ seed: 'four', error: { code: 'LISPING_E_INTERRUPTED' } });
    expect(bench.names()).toEqual(before);
  });
});
