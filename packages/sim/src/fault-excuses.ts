/** Which failures of a job a fault of its surroundings explains, whatever the job is. */
import type { TaskError } from '@lisping/core';
import type { FaultKind } from './fault.ts';

const EXCUSES: Readonly<Record<string, FaultKind>> = {
  LISPING_E_DISK_FULL: 'store-full',
  LISPING_E_TASK_FAILED: 'task',
  LISPING_E_TASK_STUCK: 'task',
  LISPING_E_TASK_DIED: 'task',
};

/** The kind of fault by which a job may end with this error, or null when none excuses it. */
export function excuseOf(error: TaskError | null): FaultKind | null {
  return error === null ? null : (EXCUSES[error.code] ?? null);
}
