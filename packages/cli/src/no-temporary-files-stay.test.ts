// However a run ends, nothing stays in the directory for temporary files; what a kill -9 left there is
// removed by the next run.
import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const bench: Workbench = workbench({
  'in.txt': 'a\nb\n',
  'tmp/keep': '',
  'word-count.ts': WORD_COUNT,
  'waits.ts': jobFile('map() {},', 'await new Promise(() => {});'),
  'loops.ts': jobFile('map() {},', 'for (;;);'),
});
const temporary = (): string[] => readdirSync(bench.file('tmp'));
const TMPDIR = bench.file('tmp');
const IN_OUT = ['--input', 'in.txt', '--output', 'out'];

afterAll(() => bench.remove());

async function endedBy(signal: NodeJS.Signals): Promise<void> {
  const { process: child, ended } = bench.startIn({ TMPDIR }, 'run', 'loops.ts', ...IN_OUT);
  while (temporary().length === 1) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill(signal);
  await ended;
}

describe('no temporary files stay', () => {
  it.each(['run', 'sim'])('%s: a job file that waits for ever is JOB_LOAD', async (command) => {
    const rest = command === 'run' ? IN_OUT : IN_OUT.slice(0, 2);
    const ended = await bench.lispingIn({ TMPDIR }, command, 'waits.ts', ...rest, '--json');
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_JOB_LOAD' } });
    expect(ended.code).toBe(2);
    expect(temporary()).toEqual(['keep']);
  });

  it('after Ctrl-C while the job file is loaded', async () => {
    await endedBy('SIGINT');
    expect(temporary()).toEqual(['keep']);
  });

  it('what a killed run left is removed by the next one', async () => {
    await endedBy('SIGKILL');
    expect(temporary()).toHaveLength(2);
    await bench.lispingIn({ TMPDIR }, 'run', 'word-count.ts', ...IN_OUT);
    expect(temporary()).toEqual(['keep']);
  });
});
