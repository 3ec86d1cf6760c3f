// Runs the built `lisping` as users do: as a process of its own, in a directory of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command. */
export const BIN: string = fileURLToPath(new URL('../bin/lisping.js', import.meta.url));

/** How a process ended, and everything it printed. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory with files in it, removed by `remove`. */
export interface Workbench {
  readonly path: string;
  /** Names of everything in it, hidden ones too, at any depth, sorted. */
  names(): string[];
  file(name: string): string;
  lisping(...args: readonly string[]): Promise<Ended>;
  /** The same with more in the environment. */
  lispingIn(
    environment: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<Ended>;
  /** The process while it runs, and how it ended. */
  start(...args: readonly string[]): {
    readonly process: ChildProcess;
    readonly ended: Promise<Ended>;
  };
  startIn(
    environment: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): ReturnType<Workbench['start']>;
  remove(): void;
}

/** A fresh directory that holds these files. */
export function workbench(files: Readonly<Record<string, string | Uint8Array>>): Workbench {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'lisping-test-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  const startIn = (
    environment: Readonly<Record<string, string>>,
    args: readonly string[],
  ): ReturnType<Workbench['start']> => {
    const none = { NO_COLOR: undefined, FORCE_COLOR: undefined, LISPING_DEBUG: undefined };
    const env = { ...process.env, ...none, ...environment };
    const child = spawn(process.execPath, [BIN, ...args], { cwd: path, env });
    return { process: child, ended: ending(child) };
  };
  return {
    path,
    names: () => readdirSync(path, { recursive: true }).map(String).sort(compare),
    file: (name) => join(path, name),
    lisping: async (...args) => await startIn({}, args).ended,
    lispingIn: async (environment, ...args) => await startIn(environment, args).ended,
    start: (...args) => startIn({}, args),
    startIn: (environment, ...args) => startIn(environment, args),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function ending(child: ReturnType<typeof spawn>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => void (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** The one object on stdout; fails when there is anything else. */
export function jsonOf({ stdout }: Ended): Record<string, unknown> {
  const json: unknown = JSON.parse(stdout);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`not one object: ${stdout}`);
  }
  return { ...json };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
