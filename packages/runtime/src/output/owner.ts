// Whose a temporary file is: its name says the machine and the process, so that a later run can tell what
// a crash left from what is in use.
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: someone else's process, and alive.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A shared disk shows other machines' files too; their process numbers mean nothing here. */
export function hostMark(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 6);
}
