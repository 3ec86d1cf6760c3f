/**
 * What is wrong around the user's code on one replica, and what that makes of an attempt: its disk
 * is full or slow, or the code fails for reasons that are not its own.
 */
import type { AttemptId, Microseconds, TaskError } from '@lisping/core';
import type { TaskFault } from './fault.ts';
import type { WriteTrap } from './write-trap.ts';

export class Surroundings {
  diskFull = false;
  /** How many times longer than usual the disk takes. */
  diskSlowness = 1;
  /** Those in force here. */
  taskFaults: readonly TaskFault[] = [];
  traps: readonly WriteTrap[] = [];

  /** What befalls an attempt that begins now, or null. */
  injuryOf({ kind, task }: AttemptId): TaskFault | null {
    const name = `${kind}-${task}`;
    return this.taskFaults.find((fault) => fault.task === '*' || fault.task === name) ?? null;
  }
}

/** How long an attempt lasts that would last so long. */
export function injuredDuration(
  injury: TaskFault,
  now: Microseconds,
  duration: Microseconds,
  patience: Microseconds,
): Microseconds {
  if (injury.effect !== 'hangs') return Math.ceil(duration / 2);
  return Math.max(1, Math.min(patience, injury.until - now));
}

/** The error of user code that throws or hangs for no reason of its own. */
export function injuryError(injury: TaskFault, { kind, task }: AttemptId): TaskError {
  if (injury.effect === 'hangs') {
    return {
      code: 'LISPING_E_TASK_STUCK',
      message: `${kind} task ${task}: the task did not return, because a fault makes it hang`,
    };
  }
  return {
    code: 'LISPING_E_TASK_FAILED',
    message: `${kind} task ${task}: user code threw, because a fault makes it`,
  };
}
