/**
 * The swarm's knobs: parts of the protocol that no fault reaches come into play when lists go over
 * several pages, slots are few, jobs overlap or maps differ. Most stand where they always do, and each
 * is drawn by a key of its own.
 */
import type { Microseconds } from '@lisping/core';
import { Draws, mixKey } from './draws.ts';
import { NO_KNOBS } from './knobs.ts';
import type { Knobs, KnobSetting } from './knobs.ts';

/** In half of the schedules none is turned: what is promised of the usual cluster is the sharpest. */
const NONE = 500;
/** How often each is turned in the others, in thousandths. */
const PAGE = 500;
const SLOTS = 350;
const FETCHES = 250;
const HEARTBEAT = 250;
const NETWORK = 300;
const SECOND_JOB = 220;
const OTHER_BYTES = 220;

/** Near, far, and by many ways: latency and jitter. */
const NETWORKS: readonly (readonly [Microseconds, Microseconds])[] = [
  [20, 60],
  [15_000, 5_000],
  [300, 60_000],
];

/**
 * The knobs of one schedule.
 *
 * @param seed Any text.
 *
 * @example
 * simulate({ ...options, faults: swarmFaults, knobs: swarmKnobs });
 */
export function swarmKnobs(seed: string, { makespan }: KnobSetting): Knobs {
  const draws = new Draws(seed, 'knobs');
  if (draws.perMille(NONE, 9)) return NO_KNOBS;
  const isTurned = (perMille: number, key: number): boolean => draws.perMille(perMille, key);
  const one = <T>(of: readonly T[], key: number): T | undefined =>
    of[draws.below(of.length, mixKey(key, 1))];
  const network = isTurned(NETWORK, 5) ? one(NETWORKS, 5) : undefined;
  const later = one([0, draws.below(1_000_000, 21), draws.below(Math.max(1, makespan), 22)], 6);
  return {
    ...(isTurned(PAGE, 1) ? { page: one([1, 2, 3, 5], 1) } : {}),
    ...(isTurned(SLOTS, 2) ? { slots: one([1, 3], 2) } : {}),
    ...(isTurned(FETCHES, 3) ? { fetchesInFlight: one([1, 2], 3) } : {}),
    ...(isTurned(HEARTBEAT, 4) ? { heartbeat: one([500_000, 1_200_000], 4) } : {}),
    ...(network === undefined ? {} : { latency: network[0], jitter: network[1] }),
    ...(isTurned(SECOND_JOB, 6) ? { secondJob: later } : {}),
    ...(isTurned(OTHER_BYTES, 7) ? { otherBytes: true } : {}),
  };
}
