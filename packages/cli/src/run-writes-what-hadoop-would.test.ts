// `lisping run` end to end: parts, their names and order, empty ones, keys without values, map-only
// numbering, pipelines, sources, and what --json says about it all.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

let bench: Workbench;
afterEach(() => bench.remove());

function part(number: number, output = 'out'): string {
  return readFileSync(bench.file(`${output}/part-0000${number}`), 'utf8');
}

async function run(...args: readonly string[]): Promise<Record<string, unknown>> {
  const ended = await bench.lisping('run', ...args, '--output', 'out', '--json');
  expect(ended.stderr).toBe('');
  expect(ended.code).toBe(0);
  return jsonOf(ended);
}

describe('lisping run', () => {
  it("counts words: sorted by bytes, partitioned by Hadoop's hash, empty parts included", async () => {
    bench = workbench({ 'wc.ts': WORD_COUNT, 'in.txt': 'the é a\nhello the 世界 𝒳\n' });
    const json = await run('wc.ts', '--input', 'in.txt', '--reduces', '7');
    // Partitions of 7 as a real Hadoop gave them: a 2, the 0, hello 5, é 0, 世界 4, 𝒳 3.
    expect([0, 1, 2, 3, 4, 5, 6].map((number) => part(number))).toEqual([
      'the\t2\né\t1\n',
      '',
      'a\t1\n',
      '𝒳\t1\n',
      '世界\t1\n',
      'hello\t1\n',
      '',
    ]);
    expect(readdirSync(bench.file('out'))).toHaveLength(8);
    expect(readFileSync(bench.file('out/_SUCCESS'))).toHaveLength(0);
    expect(json).toMatchObject({ job: 'word-count', output: 'out' });
    expect(json['wallMilliseconds']).toBeGreaterThan(0);
    expect(json['counters']).toMatchObject({
      'lisping.map_input_records': 2,
      'lisping.map_output_records': 7,
    });
  });

  it('reports bytes, records and SHA-256 of every part as they are on the disk', async () => {
    bench = workbench({ 'wc.ts': WORD_COUNT, 'in.txt': 'a b c d e f a\n' });
    const json = await run('wc.ts', '--input', 'in.txt', '--reduces', '2');
    const expected = ['part-00000', 'part-00001'].map((name) => {
      const bytes = readFileSync(bench.file(`out/${name}`));
      const records = bytes.toString().split('\n').length - 1;
      return {
        name,
        bytes: bytes.length,
        records,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      };
    });
    expect(json['parts']).toEqual(expected);
  });

  it('prints key TAB value, key TAB for an empty value, and the key alone without one', async () => {
    const reduce = `reduce(key, values, emit) { emit(key); emit(key, ''); emit(key, [1, 'x']); },`;
    bench = workbench({
      'job.ts': jobFile(`map(line, emit) { emit(line, 1); }, ${reduce}`),
      'in.txt': 'k\n',
    });
    await run('job.ts', '--input', 'in.txt');
    expect(part(0)).toBe('k\nk\t\nk\t[1,"x"]\n');
  });

  it('gives a map-only job one part per split, numbered longest split first', async () => {
    bench = workbench({
      'job.ts': jobFile(`map(line, emit) { emit(line); },`),
      'short.txt': 'short\n',
      'long.txt': 'a longer file\n',
    });
    await run('job.ts', '--input', 'short.txt', '--input', 'long.txt');
    expect([part(0), part(1)]).toEqual(['a longer file\n', 'short\n']);
  });

  it('gives the same bytes however the input is split', async () => {
    const text = Array.from({ length: 500 }, (_, i) => `w${i % 7} w${i % 11}\r\nx${i}`).join('\r');
    bench = workbench({ 'wc.ts': WORD_COUNT, 'in.txt': text });
    const whole = await run('wc.ts', '--input', 'in.txt');
    const cut = jsonOf(
      await bench.lisping(
        'run',
        'wc.ts',
        '--input',
        'in.txt',
        '--output',
        'cut',
        '--split-bytes',
        '13',
        '--json',
      ),
    );
    expect(cut['parts']).toEqual(whole['parts']);
  });

  it('reads inputs in the order given, hidden files never, a file named twice twice', async () => {
    bench = workbench({
      'job.ts': jobFile(`map(line, emit, context) { emit(context.input.file + ':' + line); },`),
      'd/b': 'b\n',
      'd/a': 'a\n',
      'd/_x': 'x\n',
      'd/.y': 'y\n',
      c: 'c\n',
    });
    await run('job.ts', '--input', 'c,d', '--input', 'c');
    expect([0, 1, 2, 3].map((number) => part(number))).toEqual([
      'c:c\n',
      'd/a:a\n',
      'd/b:b\n',
      'c:c\n',
    ]);
  });

  it('counts invalid UTF-8 and shows it as U+FFFD', async () => {
    const broken = new Uint8Array([0x61, 0xff, 0x62, 0x0a, 0x63, 0x0a]);
    bench = workbench({ 'job.ts': jobFile(`map(line, emit) { emit(line); },`), 'in.txt': broken });
    const json = await run('job.ts', '--input', 'in.txt');
    expect(part(0)).toBe('a\uFFFDb\nc\n');
    expect(json['counters']).toMatchObject({ 'lisping.invalid_utf8_lines': 1 });
  });

  it('runs the passes of a pipeline, each over the parts of the one before', async () => {
    const passes = `const count = job({ name: 'count',
        map(line: string, emit) { for (const word of line.split(' ')) emit(word, 1); },
        combine: sum, reduce(word, counts, emit) { emit(word, sum(counts)); } });
      const swap = job({ name: 'swap', input: keyValue(),
        map([word, count]: readonly [string, string], emit) { emit(count, word); },
        reduce(count, words, emit) { emit(count, [...words].join(',')); } });
      export default pipeline([count, swap]);`;
    bench = workbench({
      'job.ts': `import { job, keyValue, pipeline, sum } from 'lisping';\n${passes}\n`,
      'in.txt': 'a b a c\n',
    });
    const json = await run('job.ts', '--input', 'in.txt', '--reduces', '1');
    expect(json['job']).toBe('count + swap');
    expect(part(0)).toBe('1\tb,c\n2\ta\n');
    expect(bench.names()).toEqual(['in.txt', 'job.ts', 'out', 'out/_SUCCESS', 'out/part-00000']);
  });

  it('takes records from source, and hands parameters over', async () => {
    bench = workbench({
      'job.ts': jobFile(
        `source: ['b', 'a'], map(record, emit, context) { emit(record + context.parameter('suffix'), context.input.offset); }, reduce(key, values, emit) { emit(key, [...values]); },`,
      ),
    });
    await run('job.ts', '--param', 'suffix=!=');
    expect(part(0)).toBe('a!=\t[1]\nb!=\t[0]\n');
  });

  it('tries a task again and counts nothing twice', async () => {
    bench = workbench({
      'job.ts': jobFile(
        `map(line, emit, context) { context.counter('seen'); if (context.attempt < 3) throw new Error('not yet'); emit(line, 1); }, reduce(key, values, emit) { emit(key); },`,
      ),
      'in.txt': 'a\n',
    });
    const json = await run('job.ts', '--input', 'in.txt');
    expect(json['counters']).toMatchObject({ seen: 1 });
    expect(part(0)).toBe('a\n');
  });

  it('takes a directory for the job.ts in it, wherever that lies, with what it imports', async () => {
    bench = workbench({
      'deep/er/job.ts': `import { word } from '../word.ts';\n${jobFile(`map(line, emit) { emit(line + word); },`)}`,
      'deep/word.ts': `export const word: string = '!';\n`,
      'in.txt': 'a\n',
    });
    await run('deep/er', '--input', 'in.txt');
    expect(part(0)).toBe('a!\n');
  });

  it('keeps what a job prints away from stdout', async () => {
    bench = workbench({
      'job.ts': jobFile(`map(line, emit) { console.log('said', line); emit(line); },`),
      'in.txt': 'a\n',
    });
    const ended = await bench.lisping(
      'run',
      'job.ts',
      '--input',
      'in.txt',
      '--output',
      'out',
      '--json',
    );
    expect(jsonOf(ended)).toMatchObject({ job: 'job' });
    expect(ended.stderr).toBe('said a\n');
  });

  it('replaces the old output with --overwrite, and only when the new one is whole', async () => {
    bench = workbench({
      'wc.ts': WORD_COUNT,
      'in.txt': 'a\n',
      'bad.ts': jobFile(`map() { throw new Error('no'); }, reduce() {},`),
      'out/part-00000': 'old\n',
      'out/part-00001': 'old\n',
    });
    const failed = await bench.lisping(
      'run',
      'bad.ts',
      '--input',
      'in.txt',
      '--output',
      'out',
      '--overwrite',
    );
    expect(failed.code).toBe(1);
    expect(part(1)).toBe('old\n');
    await run('wc.ts', '--input', 'in.txt', '--overwrite');
    expect(part(0)).toBe('a\t1\n');
    expect(existsSync(bench.file('out/part-00001'))).toBe(false);
    expect(bench.names().filter((name) => name.includes('.lisping-'))).toEqual([]);
  });

  it("repairs an exchange that a crash cut in two, and sweeps a dead run's workspace", async () => {
    bench = workbench({
      'wc.ts': WORD_COUNT,
      'in.txt': 'a\n',
      '.out.lisping-old/part-00000': 'old\n',
    });
    const refused = await bench.lisping('run', 'wc.ts', '--input', 'in.txt', '--output', 'out');
    expect(refused.code).toBe(2);
    expect(part(0)).toBe('old\n');
    expect(bench.names()).not.toContain('.out.lisping-old');
  });
});
