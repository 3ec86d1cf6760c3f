// The reference workload over clusters of every size, failing at every rate, with few and many reduces,
// and with nothing to read: whatever crashes, the job ends and its output is that of a sequential run.
import { referenceWorkload, simulate, type SimulationResult } from '@lisping/sim';
import { describe, expect, test } from 'vitest';
import { lispingJson, partsIn, scratch } from './cli.ts';

const { inputs, ...reference } = referenceWorkload();

interface Cell {
  readonly replicas: number;
  readonly failRate: number;
  readonly reduces: number;
  readonly input: boolean;
}

function simulated(cell: Cell, schedules: number): SimulationResult {
  const { replicas, failRate, reduces, input } = cell;
  return simulate({
    ...reference,
    jobName: 'word-count',
    inputs: input ? inputs : [],
    replicas,
    slots: 2,
    reduces,
    failRate,
    seed: 'matrix',
    schedules,
    keepGoing: false,
    faults: null,
    parameters: {},
    memo: true,
  });
}

const isCi = process.env['CI'] === 'true';
/** Of every cell; elsewhere than in CI only two of the sizes are tried. */
const SCHEDULES = isCi ? 4 : 2;

const all = (isCi ? [3, 10, 50, 200] : [3, 50]).flatMap((replicas) =>
  [0, 0.1, 0.5, 1].flatMap((failRate) =>
    [1, 64].map((reduces) => ({ replicas, failRate, reduces })),
  ),
);

/** Equal for every cell with the same number of reduces: that is the promise. */
const digests = new Map<number, string>();

test.each(all)(
  '$replicas replicas, fail-rate $failRate, $reduces reduces',
  { timeout: 120_000 },
  (cell) => {
    const { verdict, checks, output, tasks, faults } = simulated(
      { ...cell, input: true },
      SCHEDULES,
    );
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe('passed');
    expect(tasks.map.total).toBe(SCHEDULES * 200);
    expect(tasks.reduce.total).toBe(SCHEDULES * cell.reduces);
    const digest = digests.get(cell.reduces) ?? output.sha256;
    digests.set(cell.reduces, digest);
    expect(output.sha256).toBe(digest);
    if (cell.failRate === 0) {
      expect(faults).toEqual({});
      expect(tasks.map.lost + tasks.reduce.lost).toBe(0);
    }
    // Every replica crashes, within the makespan: work is lost, and done again.
    if (cell.failRate === 1) {
      expect(faults['crash']).toBeGreaterThan((SCHEDULES - 1) * cell.replicas);
      expect(tasks.map.lost).toBeGreaterThan(0);
      expect(tasks.map.attempts).toBeGreaterThan(tasks.map.total);
    }
  },
);

describe('without input', () => {
  test.each(all)('$replicas replicas, fail-rate $failRate, $reduces reduces', (cell) => {
    const { verdict, checks, output, tasks } = simulated({ ...cell, input: false }, SCHEDULES);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toBe('passed');
    expect(tasks.map.total).toBe(0);
    expect(output.records).toBe(0);
    expect(output.parts.map((part) => part.length)).toEqual(new Array(cell.reduces).fill(0));
  });

  test('the command line writes empty parts', () => {
    const output = `${scratch()}/nothing`;
    const options = [
      '--replicas',
      '5',
      '--fail-rate',
      '0.5',
      '--reduces',
      '3',
      '--seed',
      'nothing',
    ];
    lispingJson('sim', 'examples/word-count', ...options, '--output', output);
    expect([...partsIn(output)]).toEqual([
      ['part-00000', ''],
      ['part-00001', ''],
      ['part-00002', ''],
    ]);
  });
});

test('at a rate of 0.1 five of fifty replicas crash on average', { timeout: 120_000 }, () => {
  const cell = { replicas: 50, failRate: 0.1, reduces: 16, input: false };
  const { faults, schedules } = simulated(cell, 1000);
  // The standard error over 1000 schedules is 0.07. A crash after the end of the job is none, and
  // how long a job over nothing takes depends on the seed.
  const average = (faults['crash'] ?? 0) / schedules;
  expect(average).toBeGreaterThan(4.5);
  expect(average).toBeLessThan(5.3);
});

// Takes about a minute: .ci/run only.
test.runIf(isCi)('2000 schedules of 50 replicas at a rate of 0.1', { timeout: 600_000 }, () => {
  const options = ['--replicas', '50', '--fail-rate', '0.1', '--schedules', '2000'];
  const said = lispingJson('sim', ...options, '--seed', 'two-thousand');
  expect(said).toMatchObject({ verdict: 'passed', schedules: 2000 });
  const { crash } = said['faults'] as { crash: number };
  expect(crash / 2000).toBeGreaterThan(4.6);
  expect(crash / 2000).toBeLessThan(5.2);
  const { map } = said['tasks'] as { map: { lost: number } };
  expect(map.lost).toBeGreaterThan(2000);
});
