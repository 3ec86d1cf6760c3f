/** What every host of one run stands on. */
import type {
  AttemptId,
  EffectBuffer,
  Microseconds,
  Resign,
  TellUser,
  Timing,
} from '@lisping/core';
import { attemptKey, taskKey } from './attempt-key.ts';
import type { Draws } from './draws.ts';
import { mixKey } from './draws.ts';
import type { StepDuration, WorldSetting } from './setting.ts';
import type { Tally } from './tally.ts';
import type { Process } from './process.ts';
import type { Work } from './work.ts';
import type { World } from './world.ts';

/** Whoever hears what machines have to say to the people around them. */
export interface Audience {
  resigned(now: Microseconds, process: Process, reason: Resign['reason']): void;
  told(now: Microseconds, told: TellUser): void;
}

export interface HostContext {
  readonly world: World;
  readonly audience: Audience;
  readonly setting: WorldSetting;
  readonly timing: Timing;
  readonly work: Work;
  /** Draws for how long steps take. */
  readonly steps: Draws;
  /** Draws for what a crash leaves behind. */
  readonly crashes: Draws;
  readonly tally: Tally;
  /**
   * The one buffer of all replicas: the world drains a machine before it calls the next. Ten thousand
   * buffers would be ten thousand places in memory, and none of them at hand.
   */
  readonly effects: EffectBuffer;
}

/** How long a step takes: a base, something per byte, and a jitter that depends on the key alone. */
export function stepDuration(
  context: HostContext,
  step: StepDuration,
  bytes: number,
  key: number,
): Microseconds {
  const size = Math.floor(bytes / step.bytesPerMicrosecond);
  return step.base + size + context.steps.below(step.jitter, key);
}

/**
 * How long user code takes for an attempt: mostly a matter of the task, a little one of the
 * attempt.
 */
export function taskDuration(
  context: HostContext,
  step: StepDuration,
  bytes: number,
  attempt: AttemptId,
): Microseconds {
  const { steps, setting, work } = context;
  const modelled = work.durationOf(attempt);
  if (modelled !== null) return modelled;
  const ofTask = stepDuration(context, step, bytes, taskKey(attempt));
  return ofTask + steps.below(setting.attemptJitter, mixKey(attemptKey(attempt), 3));
}

/** The longest that an attempt at the same task may take. */
export function longestDuration(
  context: HostContext,
  step: StepDuration,
  bytes: number,
  attempt: AttemptId,
): Microseconds {
  const modelled = context.work.durationOf(attempt);
  if (modelled !== null) return modelled;
  return stepDuration(context, step, bytes, taskKey(attempt)) + context.setting.attemptJitter;
}
