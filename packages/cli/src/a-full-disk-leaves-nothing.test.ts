// A disk that fills up while the output is written: exit 4, and the disk is as it was before.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobFile, WORD_COUNT } from '../test-support/jobs.ts';
import { jsonOf, workbench, type Workbench } from '../test-support/lisping.ts';

const DISK_BYTES = 256 * 1024;

/** Emits more than the disk holds, whether it is spilled (with reduce) or printed (map-only). */
const MUCH = `map(line, emit) { for (let i = 0; i < 4000; i++) emit(line + i, 'x'.repeat(100)); },`;

const bench: Workbench = workbench({
  'in.txt': 'a\nb\nc\n',
  'fine.ts': WORD_COUNT,
  'spills.ts': jobFile(`${MUCH} reduce(key, values, emit) { emit(key); },`),
  'prints.ts': jobFile(MUCH),
  'amplifies.ts': jobFile(
    `map(line, emit) { emit(line, 1); }, reduce(key, values, emit) { for (let i = 0; i < 4000; i++) emit(key, 'y'.repeat(100)); },`,
  ),
});
const disk = bench.file('disk');

/** Only root may mount; in CI that must be possible, elsewhere it is said loudly. */
function mountSmallDisk(): boolean {
  try {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', disk], {
      stdio: 'pipe',
    });
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    process.stderr.write(
      '\nSKIPPED: a full disk was not tested, because no small disk can be mounted here\n',
    );
    return false;
  }
}

const mounted = mountSmallDisk();

describe.skipIf(!mounted)('a full disk', () => {
  beforeAll(() => expect(readdirSync(disk)).toEqual([]));
  afterAll(() => {
    execFileSync('umount', [disk]);
    bench.remove();
  });

  it.each(['spills.ts', 'prints.ts', 'amplifies.ts'])(
    '%s: said in words, nothing left',
    async (job) => {
      const ended = await bench.lisping('run', job, '--input', 'in.txt', '--output', 'disk/out');
      expect(ended.stderr).toContain('LISPING_E_DISK_FULL');
      expect(ended.stderr).toMatch(/no space left to write disk\/out/);
      expect(ended.stderr).not.toContain('.lisping-');
      expect(ended.stderr).not.toMatch(/^ +(at|record) /m);
      expect(ended.code).toBe(4);
      expect(readdirSync(disk)).toEqual([]);
    },
  );

  it('a test that finds no room is not there either', async () => {
    const args = ['--input', 'in.txt', '--replicas', '3', '--seed', 's', '--json'];
    const { replay } = jsonOf(await bench.lisping('sim', 'fine.ts', ...args));
    writeFileSync(bench.file('disk/fill'), new Uint8Array(DISK_BYTES));
    const ended = await bench.lisping('replay', String(replay), '--as-test', 'disk/x.test.ts');
    expect(ended.stderr).toContain('LISPING_E_DISK_FULL');
    expect(ended.code).toBe(4);
    expect(readdirSync(disk)).toEqual(['fill']);
    rmSync(bench.file('disk/fill'));
  });

  it.each(['spills.ts', 'prints.ts', 'amplifies.ts'])(
    '%s: said as JSON, nothing left',
    async (job) => {
      const ended = await bench.lisping(
        'run',
        job,
        '--input',
        'in.txt',
        '--output',
        'disk/out',
        '--json',
      );
      expect(jsonOf(ended)).toMatchObject({ error: { code: 'LISPING_E_DISK_FULL' } });
      expect(ended.code).toBe(4);
      expect(readdirSync(disk)).toEqual([]);
    },
  );
});
