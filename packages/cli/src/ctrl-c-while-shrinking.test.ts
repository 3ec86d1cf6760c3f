// Who does not want to wait for the smallest schedule still wants to see the failure.
import { afterEach, expect, it } from 'vitest';
import { jobFile } from '../test-support/jobs.ts';
import { workbench, type Workbench } from '../test-support/lisping.ts';

let bench: Workbench;
afterEach(() => bench.remove());

/** Depends on the order of values, and takes its time. */
const SLOW = jobFile(
  `
  map(line, emit) { wait(); for (const word of line.split(' ')) emit(word, line); },
  reduce(key, values, emit) { for (const value of values) return emit(key, value); },`,
  'function wait() { const end = performance.now() + 2; while (performance.now() < end); }',
);

it('prints what is known of the failure so far', { timeout: 60_000 }, async () => {
  const lines = Array.from({ length: 300 }, (_, i) => `a ${i}`).join('\n');
  bench = workbench({ 'slow.ts': SLOW, 'in.txt': `${lines}\n` });
  const args = ['slow.ts', '--input', 'in.txt', '--replicas', '3', '--seed', 's'];
  const { process, ended } = bench.start('sim', ...args);
  let isInterrupted = false;
  process.stderr?.on('data', (chunk: Buffer) => {
    if (isInterrupted || !chunk.toString().includes('shrinking')) return;
    isInterrupted = true;
    process.kill('SIGINT');
  });
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted while shrinking');
  expect(stdout).toContain('FAILED');
  expect(stdout).toMatch(/again: lisping replay r1\./);
});
