// `--trace` never writes over anything but a trace.
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const FILES = {
  'keep.txt': 'a\nb\n',
  'word-count.ts': WORD_COUNT,
  'notes.md': 'mine\n',
  'events.txt': '{"at":0}\n',
} as const;

const bench: Workbench = workbench(FILES);

afterAll(() => bench.remove());

const sim = (trace: string, ...inputs: string[]) => {
  const words = `sim word-count.ts --replicas 3 --seed 1 --json --trace ${trace}`.split(' ');
  return bench.lisping(...words, ...inputs.flatMap((input) => ['--input', input]));
};

describe('--trace spares every file that is no trace', () => {
  it.each(['keep.txt', './word-count.ts', 'notes.md', 'events.txt'])('%s', async (trace) => {
    const ended = await sim(trace, 'keep.txt', 'events.txt');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_FILE' } });
    for (const [name, content] of Object.entries(FILES)) {
      expect(readFileSync(bench.file(name), 'utf8')).toBe(content);
    }
  });

  it.each(['t.json', 't.html'])('%s, which is of the other kind', async (name) => {
    const flag = name === 't.json' ? '--report' : '--trace';
    const args = ['sim', 'word-count.ts', '--input', 'keep.txt', '--replicas', '3', '--seed', '1'];
    const watched = name === 't.json' ? ['--trace', name] : ['--report', name];
    expect((await bench.lisping(...args, ...watched)).code).toBe(0);
    const before = readFileSync(bench.file(name), 'utf8');
    expect((await bench.lisping(...args, flag, name)).code).toBe(2);
    expect(readFileSync(bench.file(name), 'utf8')).toBe(before);
    expect((await bench.lisping(...args, ...watched)).code).toBe(0);
  });

  it('trace and report are two files', async () => {
    const args = ['sim', '--trace', 'x.html', '--report', './x.html', '--json'];
    const ended = await bench.lisping(...args);
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_USAGE' } });
  });

  it('a report that cannot be written is an error before anything is simulated', async () => {
    const ended = await bench.lisping('sim', '--report', 'no/such/directory/r.html', '--json');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({
      error: { code: 'LISPING_E_FILE', message: expect.stringContaining('no/such/directory') },
    });
    expect(bench.names().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('a directory in the way of a file that is not whole yet is said to be one', async () => {
    mkdirSync(bench.file('dir.html.partial'));
    const ended = await bench.lisping('sim', '--replicas', '3', '--report', 'dir.html', '--json');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({
      error: { code: 'LISPING_E_FILE', message: expect.stringContaining('EISDIR') },
    });
  });

  it('the trace of an earlier run is replaced', async () => {
    const first = await sim('t.ndjson', 'keep.txt');
    const again = await sim('t.ndjson', 'keep.txt');
    expect([first.code, again.code]).toEqual([0, 0]);
  });
});
