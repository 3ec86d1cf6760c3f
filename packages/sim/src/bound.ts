/**
 * How long the job may still take once everything has healed: D + 2 × the fault-free makespan of
 * what is left on the survivors (L1), by formula.
 *
 * D is how long it may take until the protocol knows how things stand: a lost node is detected, a
 * new primary has opened its journal and heard its replicas out, and whoever was waiting to try
 * again has tried.
 */
import type { AttemptId, Microseconds, Timing } from '@lisping/core';
import type { WorldSetting } from './setting.ts';

/** What is still to be done, as seen from outside. */
export interface WorkLeft {
  readonly maps: number;
  readonly reduces: number;
  /** One by one, where the makespan is not known. */
  readonly tasks?: readonly TaskLeft[];
  /** Slots of the replicas that are up. */
  readonly slots: number;
  /** How long it takes at most without faults, where that is known. */
  readonly makespan?: Microseconds;
}

/** A task that is left: an attempt that stands for it, and the most bytes that it may read. */
export interface TaskLeft {
  readonly attempt: AttemptId;
  readonly bytes: number;
}

/** D: the delay before work goes on as if nothing had happened. */
export function recoveryDelay(timing: Timing, world: WorldSetting): Microseconds {
  const { heartbeat, detection, tick, storeRetry } = timing;
  const opening = world.supervisor + journalOpening(world);
  // Replicas and clients that asked in vain go on to the next address, and begin again there.
  const resync = 5 * heartbeat;
  const fetching = timing.fetchRetryMax + world.fetchPatience + heartbeat;
  const storing = world.storePatience + storeRetry + tick;
  return opening + detection + tick + resync + fetching + storing;
}

/** How long a primary takes to open its journal, when that is as fast as it should be. */
export function journalOpening({ journal }: WorldSetting): Microseconds {
  return 20 * (journal.base + journal.jitter);
}

/** The longest that a small packet is on its way where nothing is wrong. */
export function longestLatency({ network }: WorldSetting): Microseconds {
  return network.latency + network.jitter;
}

/** How long a task of ordinary length may work before the primary takes it for slow. */
export function speculationDelay(timing: Timing, { map }: WorldSetting): Microseconds {
  const ordinary = map.base + map.jitter / 2;
  const percent = Math.floor((ordinary * timing.speculationPercent) / 100);
  return Math.max(timing.speculationDelay, percent);
}

/**
 * How long the rest takes at most without faults, given how long each task does: whoever takes the
 * next task as soon as a slot is free needs no longer than this.
 */
export function makespanOf(
  maps: readonly Microseconds[],
  reduces: readonly Microseconds[],
  slots: number,
): Microseconds {
  return wave(maps, slots) + wave(reduces, slots);
}

function wave(durations: readonly Microseconds[], slots: number): Microseconds {
  let sum = 0;
  let longest = 0;
  for (const duration of durations) {
    sum += duration;
    longest = Math.max(longest, duration);
  }
  return longest + Math.ceil((sum - longest) / Math.max(1, slots));
}

/** L1's bound, from the moment of healing. */
export function convergenceBound(
  timing: Timing,
  world: WorldSetting,
  makespan: Microseconds,
): Microseconds {
  return recoveryDelay(timing, world) + 2 * makespan;
}
