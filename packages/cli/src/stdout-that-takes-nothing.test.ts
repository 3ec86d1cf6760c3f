// A stdout that cannot be written, as behind `> file` on a full disk: exit 4, said once on stderr
// without a stack trace, and nothing half-written.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { BIN, workbench, type Workbench } from '../test-support/lisping.ts';

const FULL = '/dev/full'; // a device of Linux whose disk is always full

const bench: Workbench = workbench({
  'in.txt': 'a\nb\n',
  'word-count.ts': WORD_COUNT,
  'prints.ts': jobFile(
    `map(line, emit) { console.log(line); const end = Date.now() + 400; while (Date.now() < end); emit(line, 1); }, reduce() { for (;;); },`,
  ),
});
const names = bench.names();

afterAll(() => bench.remove());

async function intoFull(
  ...args: readonly string[]
): Promise<{ code: number | null; stderr: string }> {
  const full = openSync(FULL, 'w');
  try {
    const stdio: ['ignore', number, 'pipe'] = ['ignore', full, 'pipe'];
    const child = spawn(process.execPath, [BIN, ...args], { cwd: bench.path, stdio });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, stderr };
  } finally {
    closeSync(full);
  }
}

describe.skipIf(!existsSync(FULL))('stdout that takes nothing', () => {
  it.each([
    ['help'],
    ['--version'],
    ['version', '--json'],
    ['sim', '--replicas', '5', '--seed', '1'],
    ['sim', '--replicas', '5', '--seed', '1', '--json'],
    ['run', 'prints.ts', '--input', 'in.txt', '--output', 'out'],
    ['run', 'word-count.ts', '--input', 'nowhere.txt', '--output', 'out', '--json'],
  ])('%s %s %s: exit 4, said in words, nothing left', async (...args) => {
    const { code, stderr } = await intoFull(...args);
    expect(stderr.match(/error no space left to write stdout/g)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(4);
    expect(bench.names()).toEqual(names);
  });
});
