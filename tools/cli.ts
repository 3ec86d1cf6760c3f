// The built command line as tests see it: arguments in; exit code, output and parts out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The root of the checkout. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));

/** What a process said and how it ended. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `lisping` with these arguments, in the root of the checkout. */
export function lisping(...args: string[]): Ended {
  const bin = join(ROOT, 'packages/cli/bin/lisping.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { exit: status, stdout, stderr };
}

/** The same with `--json`: the one object printed. Throws, with what was said, unless it ended with 0. */
export function lispingJson(...args: string[]): Record<string, unknown> {
  const { exit, stdout, stderr } = lisping(...args, '--json');
  if (exit !== 0)
    throw new Error(`lisping ${args.join(' ')} ended with ${exit}\n${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>; // the contract: one object
}

/** An empty directory that is gone after the test. */
export function scratch(): string {
  const directory = mkdtempSync(join(tmpdir(), 'lisping-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The parts in an output directory, by name; throws when it has no `_SUCCESS`. */
export function partsIn(directory: string): Map<string, string> {
  const names = byBytes(readdirSync(directory));
  if (!names.includes('_SUCCESS')) throw new Error(`${directory} has no _SUCCESS`);
  return new Map(
    names
      .filter((name) => name.startsWith('part-'))
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );
}

/** All lines of all parts, sorted by their bytes: what a job says, however it was partitioned. */
export function sortedLines(parts: ReadonlyMap<string, string>): string[] {
  const lines = [...parts.values()].flatMap((text) => text.split('\n').slice(0, -1));
  return byBytes(lines);
}

/** The texts in the order of their UTF-8 bytes. */
export function byBytes(texts: Iterable<string>): string[] {
  return [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
