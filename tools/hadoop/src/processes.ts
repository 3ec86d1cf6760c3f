// Processes that outlive the command that started them, and are stopped by pid. A pid alone may belong to
// somebody else by then, so it is kept together with the time at which the process began.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 50;
const PATIENCE_MS = 10_000;

/** A process that we started. */
export interface Started {
  readonly pid: number;
  /** In ticks since the machine booted, as /proc tells it. */
  readonly began: string;
}

/** Starts a process of its own session, whose output goes to the end of `log`. */
export function startDetached(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log: string },
): Started {
  const [program, ...args] = command;
  if (program === undefined) throw new Error('no program to start');
  const log = openSync(options.log, 'a');
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => undefined); // it never began; `pid` says so below
  child.unref();
  if (child.pid === undefined) throw new Error(`${program} could not be started`);
  return { pid: child.pid, began: beganAt(child.pid) ?? 'gone' };
}

export function isAlive({ pid, began }: Started): boolean {
  return beganAt(pid) === began;
}

/** Asks them to end, and after ten seconds does not ask any more. Returns when all are gone. */
export async function stopAll(processes: readonly Started[]): Promise<void> {
  signal(processes, 'SIGTERM');
  if (await gone(processes, PATIENCE_MS)) return;
  signal(processes, 'SIGKILL');
  if (await gone(processes, PATIENCE_MS)) return;
  const left = processes.filter(isAlive).map(({ pid }) => pid);
  throw new Error(`processes ${left.join(', ')} did not end`);
}

/** The processes that work somewhere under `directory`: containers whose NodeManager was killed. */
export function processesWorkingIn(directory: string): Started[] {
  const found: Started[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const began = beganAt(pid);
    if (began !== null && workingDirectoryOf(pid).startsWith(`${directory}/`)) {
      found.push({ pid, began });
    }
  }
  return found;
}

function signal(processes: readonly Started[], name: NodeJS.Signals): void {
  for (const each of processes) {
    if (!isAlive(each)) continue;
    try {
      process.kill(each.pid, name);
    } catch {
      // It ended by itself just now.
    }
  }
}

async function gone(processes: readonly Started[], withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= withinMs; waitedMs += POLL_MS) {
    if (!processes.some(isAlive)) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** Null when there is no such process, or only its remains that nobody waited for. */
function beganAt(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold blanks: fields are counted behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function workingDirectoryOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
