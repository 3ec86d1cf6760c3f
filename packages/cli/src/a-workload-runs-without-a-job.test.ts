// `lisping sim --workload` end to end: what it prints, what it refuses, and that it can be replayed.
import { afterEach, describe, expect, test } from 'vitest';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

let bench: Workbench;
afterEach(() => bench.remove());

const MIB = 1024 * 1024;
const row = (...fields: readonly (string | number)[]): string => `${fields.join('\t')}\n`;
const SWIM =
  row('job0', 0, 0, 1200 * MIB, 300 * MIB, MIB) +
  row('job1', 7, 7, 100, 0, 50) +
  row('job2', 30, 23, 2000 * MIB, 600 * MIB, MIB, 'a/path');
const SLS = JSON.stringify({
  'job.id': 'one',
  'job.tasks': [
    { 'container.type': 'map', 'duration.ms': 4000, count: 30 },
    { 'container.type': 'reduce', 'duration.ms': 2000 },
  ],
});
const FAULTS = JSON.stringify([
  { at: 5_000_000, kind: 'crash', target: 'primary', disk: 'kept', until: 8_000_000 },
  { at: 9_000_000, kind: 'crash', target: 'replica-1', disk: 'wiped', until: 20_000_000 },
]);

describe('lisping sim --workload', () => {
  test('runs the jobs of a SWIM table, and says how they went', async () => {
    bench = workbench({ 'day.tsv': SWIM });
    const args = ['sim', '--workload', 'day.tsv', '--replicas', '8', '--seed', 's'];
    const ended = await bench.lisping(...args, '--fail-rate', '0.4', '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({
      job: 'day.tsv',
      verdict: 'passed',
      tasks: { map: { total: 27 }, reduce: { total: 5 } },
      workload: {
        name: 'day.tsv',
        jobs: { total: 3, succeeded: 3, failed: 0, cancelled: 0 },
        tasks: { maps: 27, reduces: 5 },
        latencyMicroseconds: { p50: expect.any(Number), max: expect.any(Number) },
      },
    });
    const text = await bench.lisping(...args);
    expect(text.stdout).toContain('jobs 3 ─▸ map 27 ─▸ reduce 5');
    expect(text.stdout).toMatch(/3 jobs succeeded[^]*% of its slots used[^]*PASSED/);
    expect(text.stdout).toContain('--workload day.tsv');
  });

  test('replays a schedule with faults, event for event, and no other file', async () => {
    bench = workbench({ 'jobs.json': SLS, 'faults.json': FAULTS, 'other.json': `${SLS}\n` });
    const args = ['sim', '--workload', 'jobs.json', '--replicas', '4', '--faults', 'faults.json'];
    const first = jsonOf(await bench.lisping(...args, '--json'));
    expect(first).toMatchObject({ verdict: 'passed', faults: { crash: 2 } });
    const id = String(first['replay']);
    const again = await bench.lisping('replay', id, '--json');
    expect(jsonOf(again)).toMatchObject({ verdict: 'passed', traceHash: first['traceHash'] });
    const other = await bench.lisping('replay', id, 'other.json');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('other.json is not the workload');
  });

  test('refuses a file that makes no sense, by name and line', async () => {
    bench = workbench({ 'bad.tsv': `${SWIM}job3\t-1\t0\t1\t1\t1\n`, 'bad.json': '{"job.tasks":' });
    const table = await bench.lisping('sim', '--workload', 'bad.tsv', '--json');
    expect(table.code).toBe(2);
    expect(jsonOf(table)).toMatchObject({
      error: {
        code: 'LISPING_E_WORKLOAD_FILE',
        message: expect.stringContaining('bad.tsv: line 4: submit is "-1"') as string,
      },
    });
    const json = await bench.lisping('sim', '--workload', 'bad.json');
    expect(json.stderr).toContain('bad.json: line 1');
    const none = await bench.lisping('sim', '--workload', 'none.tsv');
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('none.tsv cannot be read');
  });

  test.each([
    [['job.ts'], 'a JOB'],
    [['--input', 'x'], '--input'],
    [['--reduces', '3'], '--reduces'],
    [['--split-bytes', '3'], '--split-bytes'],
    [['--param', 'a=b'], '--param'],
    [['--no-memo'], '--no-memo'],
    [['--output', 'out'], '--output'],
    [['--check-determinism'], '--check-determinism'],
  ])('excludes %j', async (more, name) => {
    bench = workbench({ 'day.tsv': SWIM });
    const ended = await bench.lisping('sim', '--workload', 'day.tsv', ...more);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`--workload and ${name} exclude each other`);
  });
});
