/**
 * The swarm: schedules of every kind of fault. Each run draws its own knobs: which kinds there are at
 * all, how many faults (mostly one or two, sometimes twenty), whether they are about one node, and
 * whether they come close together. A fault is made from its place in the list alone.
 */
import { DEFAULT_TIMING } from '@lisping/core';
import { nodeName, replicaNode } from './address.ts';
import { Draws, mixKey } from './draws.ts';
import type { FaultSetting } from './fault-generator.ts';
import type { Fault, FaultKind } from './fault.ts';
import { FaultDraws } from './swarm-draws.ts';
import type { SwarmSetting, Theme } from './swarm-draws.ts';
import { faultOfKind, PAIRS } from './swarm-kinds.ts';

/** How often each kind is chosen, where it is allowed. */
const WEIGHTS: Readonly<Record<FaultKind, number>> = {
  crash: 5,
  'crash-at-write': 4,
  pause: 4,
  slow: 2,
  clock: 2,
  cut: 4,
  loss: 1,
  duplication: 2,
  delay: 3,
  reorder: 2,
  hold: 2,
  successor: 2,
  damage: 2,
  'disk-full': 1,
  'disk-slow': 1,
  'journal-slow': 1,
  'journal-cut': 1,
  'journal-full': 1,
  'store-full': 1,
  'store-slow': 2,
  tie: 2,
  task: 2,
  cancel: 1,
};

/**
 * The faults of one schedule, in order of time: the same for the same seed and options.
 *
 * @param seed Any text.
 * @param options What is to be broken.
 *
 * @example
 * const faults = swarmFaults('a', { replicas: 5, makespan: 20_000_000 });
 */
export function swarmFaults(seed: string, options: FaultSetting): Fault[] {
  const { replicas, makespan, timing = DEFAULT_TIMING, without = [] } = options;
  const { maps = 1, reduces = 1, jobs = 1, moments = () => [] } = options;
  const setting: SwarmSetting = { replicas, makespan, timing, maps, reduces, jobs, moments };
  const draws = new Draws(seed, 'swarm');
  const theme = themeOf(draws, setting);
  const all = Object.keys(WEIGHTS) as FaultKind[]; // the record has every kind and no other key
  const allowed = all.filter((kind) => !without.includes(kind));
  return drawnFaults(draws, allowed, PAIRS, (key) => new FaultDraws(draws, key, setting, theme));
}

/** A list of faults of these kinds, or of some of them; `drawsOf` gives the draws for each place. */
export function drawnFaults(
  draws: Draws,
  allowed: readonly FaultKind[],
  pairs: typeof PAIRS,
  drawsOf: (key: number) => FaultDraws,
): Fault[] {
  const isOn = kindsOf(draws, allowed);
  const isAllowed = ({ kind }: Fault): boolean => allowed.includes(kind);
  const kinds = weighted(isOn);
  const count = countOf(draws);
  const faults: Fault[] = [];
  for (let place = 0; faults.length < count && place < 2 * count; place++) {
    const one = drawsOf(mixKey(4, place));
    const pair = one.oneIn(3) ? pairs[one.below(pairs.length)] : undefined;
    const kind = kinds[one.below(kinds.length)];
    // Half of a pair finds little: what is switched off in this run comes alone only.
    if (pair !== undefined) faults.push(...pair(one).filter(isAllowed));
    else if (kind !== undefined) faults.push(faultOfKind(kind, one));
  }
  return faults.sort((a, b) => a.at - b.at);
}

function themeOf(draws: Draws, { replicas, makespan }: SwarmSetting): Theme {
  const replica = nodeName(replicaNode(draws.below(replicas, 11)));
  const isAboutPrimary = draws.below(3, 12) === 0;
  const hasVictim = draws.perMille(600, 13);
  const hasFocus = draws.perMille(400, 14);
  return {
    victim: hasVictim ? (isAboutPrimary ? 'primary' : replica) : null,
    focus: hasFocus ? draws.below(Math.max(1, makespan), 15) : null,
  };
}

/** Half of the kinds are switched off in every run, other ones in each. */
function kindsOf(draws: Draws, allowed: readonly FaultKind[]): (kind: FaultKind) => boolean {
  const on = allowed.filter((_, place) => draws.perMille(500, mixKey(16, place)));
  const kinds = new Set(on.length === 0 ? allowed : on);
  return (kind) => kinds.has(kind);
}

function weighted(isOn: (kind: FaultKind) => boolean): FaultKind[] {
  const kinds: FaultKind[] = [];
  for (const [kind, weight] of Object.entries(WEIGHTS) as [FaultKind, number][]) {
    if (isOn(kind)) for (let i = 0; i < weight; i++) kinds.push(kind);
  }
  return kinds;
}

function countOf(draws: Draws): number {
  const draw = draws.below(100, 17);
  if (draw < 35) return 1;
  if (draw < 70) return 2;
  if (draw < 85) return 3;
  return draw < 93 ? draws.between(4, 6, 18) : draws.between(7, 20, 18);
}
