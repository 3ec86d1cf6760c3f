// The golden seeds under this Node; .ci/run checks them under others. And what makes them golden: the
// same seed in another process takes the same course.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lispingJson, ROOT } from './cli.ts';

const file = join(ROOT, 'packages/sim/testdata/golden-hashes.json');

test('fifty golden seeds give the traces that are recorded', { timeout: 120_000 }, () => {
  const golden = spawnSync(process.execPath, [join(ROOT, 'tools/golden.mjs')], {
    encoding: 'utf8',
  });
  expect(golden.status, golden.stdout + golden.stderr).toBe(0);
  expect(golden.stdout).toContain('50 of 50 traces are as known');
});

test('the command line gives the trace of a golden seed', () => {
  const golden = JSON.parse(readFileSync(file, 'utf8'));
  const run = golden.find((each: { faults: unknown }) => each.faults === 0.1);
  const options = ['--replicas', run.replicas, '--reduces', run.reduces, '--fail-rate', run.faults];
  const { traceHash } = lispingJson('sim', ...options.map(String), '--seed', run.seed);
  expect(traceHash).toBe(run.traceHash);
});

test('the same seed in two processes gives the same trace, and another seed another one', () => {
  const trace = (seed: string): unknown =>
    lispingJson('sim', '--fail-rate', '0.2', '--schedules', '3', '--seed', seed)['traceHash'];
  const first = trace('same');
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(trace('same')).toBe(first);
  expect(trace('other')).not.toBe(first);
});
