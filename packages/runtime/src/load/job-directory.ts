// The directory from which a bundled job is imported. It lives for milliseconds, but a thread that dies in
// them cannot remove it: then whoever started the thread does, or after a crash the next run.
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { hostMark, isAlive } from '../output/owner.ts';
import { writing } from '../output/write-errors.ts';

/** lisping-job-HOST-PID-THREAD-RND */
const PREFIX = 'lisping-job-';

/** A new one of this thread, by its real path, because that is what stack traces show. */
export function makeJobDirectory(): string {
  const host = `${PREFIX}${hostMark()}-`;
  removeWhere((name) => {
    return name.startsWith(host) && !isAlive(Number(name.slice(host.length).split('-')[0]));
  });
  const prefix = join(tmpdir(), prefixOf(threadId));
  return writing(tmpdir(), () => realpathSync(mkdtempSync(prefix)));
}

/** Removes what a thread of this process has left. */
export function removeJobDirectories(thread: number): void {
  const prefix = prefixOf(thread);
  removeWhere((name) => name.startsWith(prefix));
}

function prefixOf(thread: number): string {
  return `${PREFIX}${hostMark()}-${process.pid}-${thread}-`;
}

/** Cleaning up is no reason to fail: another user's directory stays. */
function removeWhere(isLeft: (name: string) => boolean): void {
  try {
    for (const name of readdirSync(tmpdir()).filter(isLeft)) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  } catch {
    return;
  }
}
