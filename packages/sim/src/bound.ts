/**
 * How long the job may still take once everything has healed: D + 2 × the fault-free makespan of
 * what is left on the survivors (L1), by formula.
 *
 * D is how long it may take until the protocol knows how things stand: a lost node is detected, a
 * new primary has opened its journal and heard its replicas out, and whoever was waiting to try
 * again has tried.
 */
import type { Microseconds, Timing } from '@lisping/core';
import { longest } from './setting.ts';
import type { WorldSetting } from './setting.ts';

/** What is still to be done, as seen from outside. */
export interface WorkLeft {
  readonly maps: number;
  readonly mapBytes: number;
  readonly reduces: number;
  readonly reduceBytes: number;
  /** Slots of the replicas that are up. */
  readonly slots: number;
  /** How long it takes at most without faults, where that is known. */
  readonly makespan?: Microseconds;
}

/** D: the delay before work goes on as if nothing had happened. */
export function recoveryDelay(timing: Timing, world: WorldSetting): Microseconds {
  const opening = world.supervisor + 20 * (world.journal.base + world.journal.jitter);
  const resync = timing.detection + 2 * timing.heartbeat + 3 * timing.heartbeat;
  const fetching =
    timing.fetchFailuresPerSource * (world.fetchPatience + timing.fetchRetryMax) + timing.heartbeat;
  const storing = 2 * (world.storePatience + timing.storeRetry + timing.tick);
  const asking = 4 * timing.clientRetry;
  return opening + timing.detection + resync + fetching + storing + asking;
}

/** How long the rest takes without faults when every task takes as long as it may. */
function makespanLeft(left: WorkLeft, world: WorldSetting): Microseconds {
  const slots = Math.max(1, left.slots);
  // A task whose first attempt has just been lost may have to begin again behind all others.
  const mapWaves = Math.ceil(left.maps / slots) + 1;
  const reduceWaves = Math.ceil(left.reduces / slots) + 1;
  const map = longest(world.map, left.mapBytes) + world.attemptJitter;
  const reduce = longest(world.reduce, left.reduceBytes) + world.attemptJitter;
  return mapWaves * map + reduceWaves * reduce;
}

/** L1's bound, from the moment of healing. */
export function convergenceBound(
  timing: Timing,
  world: WorldSetting,
  left: WorkLeft,
): Microseconds {
  return recoveryDelay(timing, world) + 2 * (left.makespan ?? makespanLeft(left, world));
}
