/** Passes over the list of faults: fewer of them, then simpler ones. */
import { Draws, mixKey } from '../draws.ts';
import type { Fault } from '../fault.ts';
import { ddmin } from './ddmin.ts';
import { withoutFault } from './case.ts';
import type { Case } from './case.ts';
import type { Laboratory } from './laboratory.ts';
import { simplerFaults, validFault } from './simpler-faults.ts';
import type { Valid } from './simpler-faults.ts';

/** Where lists are tried, whatever they are to break. */
export interface Trials {
  /** The smallest list so far that fails in the same way, with its seed. */
  readonly best: Pick<Case, 'seed' | 'faults'>;
  /** Nothing more can be tried. */
  readonly exhausted: boolean;
  /** Whether the change fails in the same way; then it is the best from now on. */
  improves(change: Partial<Pick<Case, 'seed' | 'faults'>>): boolean;
  readonly valid: Valid;
}

/** Draws come from the seed; with another one the same faults meet the world in another moment. */
export function otherSeeds(seed: string, count: number): string[] {
  const [root = ''] = seed.split('~');
  return Array.from({ length: count }, (_, i) => `${root}~${i + 1}`);
}

/** Leaves out what is not needed. `seeds`: how many others may be tried for each part. */
export function fewerFaults(lab: Trials, seeds: number): void {
  ddmin(lab.best.faults, (faults) => {
    if (lab.improves({ faults })) return true;
    return otherSeeds(lab.best.seed, seeds).some((seed) => lab.improves({ faults, seed }));
  });
}

/** Makes every record as plain as it can be. */
export function plainerFaults(lab: Trials): void {
  for (let place = 0; place < lab.best.faults.length; place++) {
    while (!lab.exhausted && plainer(lab, place));
  }
}

function plainer(lab: Trials, place: number): boolean {
  const { faults } = lab.best;
  const fault = faults[place];
  if (fault === undefined) return false;
  return simplerFaults(fault, lab.valid).some((simpler) =>
    lab.improves({ faults: faults.with(place, simpler) }),
  );
}

/** More faults than this are not a story that anybody follows. */
export const FEW = 3;
/** How many short lists are tried in place of a long one. */
const TRIES = 600;
const NEAR = 2_000_000;

/**
 * A long list of which nothing can be left out: the bug mostly needs less, but at another moment.
 * Short lists of the same faults are tried with times moved a little and with other draws.
 */
export function shorterByChance(lab: Laboratory, origin: readonly Fault[]): void {
  const draws = new Draws(lab.best.seed, 'shrink');
  const seeds = otherSeeds(lab.best.seed, TRIES);
  for (let run = 0; run < TRIES && lab.best.faults.length > FEW && !lab.exhausted; run++) {
    const key = mixKey(1, run);
    const count = draws.between(1, FEW, key);
    const faults: Fault[] = [];
    for (let i = 0; i < count; i++) {
      const fault = origin[draws.below(origin.length, mixKey(key, 3 * i + 1))];
      if (fault === undefined || faults.includes(fault)) continue;
      const by = draws.between(-NEAR, NEAR, mixKey(key, 3 * i + 2));
      faults.push(run % 2 === 0 ? fault : moved(fault, by, lab.best.replicas));
    }
    faults.sort((a, b) => a.at - b.at);
    lab.improves({ faults, seed: seeds[run] ?? lab.best.seed });
  }
}

/** The same fault a little earlier or later; the same one when it cannot be moved. */
function moved(fault: Fault, by: number, replicas: number): Fault {
  const until = 'until' in fault && fault.until !== null ? { until: fault.until + by } : {};
  return validFault({ ...fault, at: fault.at + by, ...until }, replicas) ?? fault;
}

/** How many other moments are tried for a list whose parts break something else. */
const MOMENTS = 40;
/** Whole seconds keep a time as plain as it was. */
const SHIFT = 1_000_000;

/**
 * Without one of its faults the case does not break the same promise, but it may break another one,
 * and then it shows two things at once. A moment is looked for at which it shows but one.
 */
export function nothingElse(lab: Laboratory): void {
  if (lab.best.faults.length === 0 || showsOneThing(lab, lab.best)) return;
  const { best } = lab;
  const draws = new Draws(best.seed, 'shrink-moments');
  const seeds = otherSeeds(best.seed, MOMENTS);
  for (const [place, seed] of seeds.entries()) {
    if (lab.exhausted) return;
    const faults = best.faults.map((fault, i) => {
      const by = SHIFT * draws.between(-3, 5, mixKey(place, i));
      return place % 2 === 0 ? fault : moved(fault, by, best.replicas);
    });
    const candidate = { ...best, seed, faults: faults.sort((a, b) => a.at - b.at) };
    if (lab.fails(candidate) && showsOneThing(lab, candidate)) return void (lab.best = candidate);
  }
}

function showsOneThing(lab: Laboratory, candidate: Case): boolean {
  return candidate.faults.every(
    (_, place) => lab.run(withoutFault(candidate, place)).verdict === 'passed',
  );
}
