// A replay id holds everything: the same schedule comes again, event for event, and what has changed
// meanwhile is refused by name unless --anyway.
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';
import { decodeReplayId, encodeReplayId } from './replay/id.ts';

let bench: Workbench;
beforeEach(() => {
  bench = workbench({ 'wc.ts': WORD_COUNT, 'in/a.txt': 'a b c\n'.repeat(200), 'in/b.txt': 'b\n' });
});
afterEach(() => bench.remove());

type Json = Record<string, unknown>;

async function sim(...args: readonly string[]): Promise<Json> {
  return jsonOf(await bench.lisping('sim', ...args, '--json'));
}

async function replay(id: unknown, ...args: readonly string[]): Promise<Json> {
  return jsonOf(await bench.lisping('replay', String(id), ...args, '--json'));
}

let shipped: string | null = null;

/** An id of the word count that is shipped: it needs no file. */
async function shippedId(): Promise<string> {
  shipped ??= String((await sim('--seed', 's', '--replicas', '3'))['replay']);
  return shipped;
}

const OWN = ['wc.ts', '--input', 'in', '--split-bytes', '100', '--reduces', '3', '--replicas', '9'];

/** Its result depends on which value comes first. */
const FIRST = jobFile(`
  map(line, emit, { input }) { emit('first', input.offset); },
  reduce(key, values, emit) { for (const value of values) return emit(key, value); },`);

function figures({
  traceHash,
  events,
  simulatedMicroseconds,
  faults,
  tasks,
  output,
  verdict,
}: Json): Json {
  return { traceHash, events, simulatedMicroseconds, faults, tasks, output, verdict };
}

describe('lisping replay', () => {
  it('repeats a run of the reference workload, and writes the same trace', async () => {
    const crashing = ['--seed', 'r', '--replicas', '10', '--fail-rate', '0.4'];
    const run = await sim(...crashing, '--trace', 'one.ndjson');
    expect(figures(await replay(run['replay'], '--trace', 'two.ndjson'))).toEqual(figures(run));
    const trace = (name: string): string => readFileSync(bench.file(name), 'utf8');
    const one = trace('one.ndjson');
    expect(one.split('\n').length).toBeGreaterThan(1000);
    expect(trace('two.ndjson') === one).toBe(true); // toBe would print both
    shipped = String(run['replay']);
  });

  it("repeats a run of a job of the user's, and its id is the same again", async () => {
    const run = await sim(...OWN, '--seed', 's', '--fail-rate', '0.5', '--param', 'x=y');
    const again = await replay(run['replay']);
    expect(figures(again)).toEqual(figures(run));
    expect(again['replay']).toBe(run['replay']);
  });

  it('repeats a run that failed because of the order of values, byte for byte', async () => {
    writeFileSync(bench.file('first.ts'), FIRST);
    const args = ['first.ts', '--input', 'in', '--split-bytes', '100', '--replicas', '5'];
    const run = await sim(...args, '--seed', 'first', '--trace', 'one.ndjson');
    expect(run).toMatchObject({ verdict: 'failed' });
    const again = await replay(run['replay'], '--trace', 'two.ndjson');
    expect(figures(again)).toEqual(figures(run));
    const [one, two] = ['one', 'two'].map((name) => readFileSync(bench.file(`${name}.ndjson`)));
    expect(one !== undefined && two?.equals(one)).toBe(true); // toEqual would print both
  });

  it('repeats the last of many schedules, and tells its hash', async () => {
    const many = await sim(...OWN, '--seed', 's', '--fail-rate', '0.5', '--schedules', '3');
    const { seed, traceHash } = decodeReplayId(String(many['replay']));
    const alone = await sim(...OWN, '--seed', seed, '--fail-rate', '0.5');
    const again = await replay(many['replay']);
    expect(figures(again)).toEqual(figures(alone));
    expect(again['traceHash']).toBe(traceHash);
  });

  it('repeats a list of faults', async () => {
    const fault = {
      at: 2_000_000,
      kind: 'crash',
      target: 'replica-2',
      disk: 'wiped',
      until: 9_000_000,
    };
    writeFileSync(bench.file('faults.json'), JSON.stringify([fault]));
    const run = await sim(...OWN, '--faults', 'faults.json');
    expect(run['faults']).toMatchObject({ crash: 1 });
    expect(figures(await replay(run['replay']))).toEqual(figures(run));
  });

  it('takes an id that is too long from the file that sim wrote', async () => {
    const faults = Array.from({ length: 400 }, (_, i) => ({
      at: i * 1013,
      kind: 'delay',
      target: `replica-${i % 9}->primary`,
      until: i * 1013 + 7919 + i,
      by: i * 37,
      perMille: i,
    }));
    writeFileSync(bench.file('faults.json'), JSON.stringify(faults));
    const run = await sim(...OWN, '--faults', 'faults.json');
    expect(run['replay']).toMatch(/^\.lisping\/.*\.replay$/);
    expect(figures(await replay(run['replay']))).toEqual(figures(run));
  });

  it('refuses another input, another job and another protocol, unless --anyway', async () => {
    const { replay: id } = await sim(...OWN, '--seed', 's');
    const other = encodeReplayId({
      ...decodeReplayId(String(id)),
      fingerprint: '0123456789abcdef',
    });
    expect(await replay(other)).toMatchObject({ error: { code: 'LISPING_E_REPLAY_PROTOCOL' } });
    expect(await replay(other, '--anyway')).toMatchObject({ verdict: 'passed' });

    appendFileSync(bench.file('in/b.txt'), 'more\n');
    expect(await replay(id)).toMatchObject({
      error: { code: 'LISPING_E_REPLAY_INPUT', message: expect.stringContaining('in/b.txt') },
    });
    expect(await replay(id, '--anyway')).toMatchObject({ verdict: 'passed' });

    writeFileSync(bench.file('in/b.txt'), 'b\n');
    appendFileSync(bench.file('wc.ts'), '// changed\n');
    expect(await replay(id)).toMatchObject({
      error: { code: 'LISPING_E_REPLAY_JOB', message: expect.stringContaining('wc.ts') },
    });
  });

  it('refuses a job for an id of the shipped word count, and names the format of an id it cannot read', async () => {
    const id = await shippedId();
    expect(await replay(id, 'wc.ts')).toMatchObject({
      error: { code: 'LISPING_E_REPLAY_JOB', message: expect.stringContaining('not with wc.ts') },
    });
    expect(await replay(id.replace('r1.', 'r9.'))).toMatchObject({
      error: { message: expect.stringContaining('is of format r9') },
    });
  });

  it('says so when it takes another course than the run', async () => {
    const random = `map(line, emit) { emit('n', Math.floor(Math.random() * 1000)); },
      reduce(key, values, emit) { emit(key, [...values].sort()); },`;
    writeFileSync(bench.file('random.ts'), jobFile(random));
    const { replay: id } = await sim('random.ts', '--input', 'in', '--replicas', '3');
    const ended = await bench.lisping('replay', String(id), '--json');
    expect(ended.code).toBe(1);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_REPLAY_TRACE' } });
    expect(await replay(id, '--anyway')).toHaveProperty('verdict');
  });

  it('finds a job and input that were moved where it is told', async () => {
    const { replay: id, traceHash } = await sim(...OWN, '--seed', 's');
    renameSync(bench.file('wc.ts'), bench.file('moved.ts'));
    renameSync(bench.file('in'), bench.file('elsewhere'));
    expect(await replay(id)).toMatchObject({ error: { code: 'LISPING_E_NO_JOB' } });
    expect(await replay(id, 'moved.ts')).toMatchObject({
      error: { code: 'LISPING_E_INPUT_MISSING' },
    });
    expect(await replay(id, 'moved.ts', '--input', 'elsewhere')).toMatchObject({
      verdict: 'passed',
      traceHash,
    });
  });

  it('refuses an id that is damaged, cut short, or none', async () => {
    const text = await shippedId();
    for (const wrong of [
      'nonsense',
      text.slice(0, -3),
      text.replace('r1.', 'r9.'),
      `${text.slice(0, 20)}AAAA${text.slice(24)}`,
    ]) {
      const ended = await bench.lisping('replay', wrong, '--json');
      expect(ended.code).toBe(2);
      expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_REPLAY_FORMAT' } });
    }
  });

  it.each([
    ['', '"" is neither a replay id nor a file'],
    ['.', '"." is neither a replay id nor a file'],
    ['binary', String.raw`"\u001b[31m" is neither a replay id nor a file`],
    ['x'.repeat(5000), `"${'x'.repeat(39)}…" is neither a replay id nor a file`],
  ])('refuses %j in words that any terminal can print', async (id, message) => {
    writeFileSync(bench.file('binary'), '\u001B[31m');
    const ended = await bench.lisping('replay', id, '--json');
    expect(ended.code).toBe(2);
    expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_REPLAY_FORMAT', message } });
  });
});
