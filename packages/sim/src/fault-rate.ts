/**
 * `--fail-rate P`: each replica, independently of all others, crashes with probability P, once, at a
 * time uniform over the makespan of a run without faults. A coin says whether its disk survives, and
 * a draw when it is back. Nothing else ever fails.
 */
import type { Microseconds } from '@lisping/core';
import { nodeName, replicaNode } from './address.ts';
import { Draws, mixKey } from './draws.ts';
import type { CrashFault } from './fault.ts';

/** The shortest and the longest that a crashed replica stays away: less and more than it takes to be declared lost. */
const AWAY_MIN: Microseconds = 1_000_000;
const AWAY_MAX: Microseconds = 12_000_000;

/** The crashes of one schedule, in order of time. */
export function faultsAtRate(
  seed: string,
  rate: number,
  replicas: number,
  makespan: Microseconds,
): CrashFault[] {
  const draws = new Draws(seed, 'fail-rate');
  const threshold = rate * 0x1_0000_0000;
  const faults: CrashFault[] = [];
  for (let replica = 0; replica < replicas; replica++) {
    if (draws.bits(mixKey(1, replica)) >= threshold) continue;
    const at = draws.below(Math.max(1, makespan), mixKey(2, replica));
    faults.push({
      at,
      kind: 'crash',
      target: nodeName(replicaNode(replica)),
      disk: draws.perMille(500, mixKey(3, replica)) ? 'wiped' : 'kept',
      until: at + draws.between(AWAY_MIN, AWAY_MAX, mixKey(4, replica)),
    });
  }
  return faults.sort((a, b) => a.at - b.at);
}
