/** Passes over the world around the faults: fewer replicas, fewer tasks. */
import type { Fault } from '../fault.ts';
import { NO_KNOBS, withoutOneKnob } from '../knobs.ts';
import type { InputBytes } from '../workload.ts';
import type { Case } from './case.ts';
import type { Laboratory } from './laboratory.ts';
import { otherSeeds } from './list-passes.ts';
import { validFault } from './simpler-faults.ts';

/** Numbers of replicas that are tried. */
const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 25, 40, 80, 160];
/** Splits for each replica that are tried; a replica has two slots. */
const SPLITS_EACH = [1, 3, 6];
/** A fault that strikes a tenth of a second earlier meets another moment of a shorter run. */
const VARIANTS: readonly (readonly [seed: number, numerator: number, denominator: number])[] = [
  [0, 1, 1],
  [1, 1, 1],
  [2, 1, 1],
  [0, 1, 2],
  [3, 1, 2],
  [4, 1, 1],
  [5, 1, 2],
  [6, 1, 4],
];

/** All knobs as they always stand, or else all that need not be turned. */
export function fewerKnobs(lab: Laboratory): void {
  if (Object.keys(lab.best.knobs).length === 0 || lab.improves({ knobs: NO_KNOBS })) return;
  while (withoutOneKnob(lab.best.knobs).some((knobs) => lab.improves({ knobs })));
}

/** The smallest of some worlds in which it still fails. */
export function smallerWorld(lab: Laboratory): void {
  const { best } = lab;
  const faults = best.faults;
  for (const world of smallerWorlds(best)) {
    const renamed = renumbered(faults, world.replicas);
    if (renamed === null) continue;
    if (variantsOf({ ...world, faults: renamed }).some((variant) => lab.accepts(variant))) return;
    if (lab.exhausted) return;
  }
}

/** From small to large; the same work on fewer replicas comes last. */
function* smallerWorlds(best: Case): Iterable<Case> {
  const sizes = SIZES.filter((size) => size < best.replicas);
  const reduces = [
    ...new Set([Math.min(1, best.reduces), Math.min(3, best.reduces), best.reduces]),
  ];
  const bytes = sizeOf(best.inputs);
  for (const replicas of [...sizes, best.replicas]) {
    for (const each of SPLITS_EACH) {
      const wanted = replicas * each * best.splitBytes;
      if (wanted >= bytes) break;
      const inputs = beginning(best.inputs, wanted);
      for (const count of reduces) yield { ...best, replicas, inputs, reduces: count };
    }
  }
  for (const replicas of [...sizes, best.replicas]) {
    for (const count of reduces) {
      if (replicas < best.replicas || count < best.reduces) {
        yield { ...best, replicas, reduces: count };
      }
    }
  }
}

/** The same faults met in other moments; without faults there is nothing to meet. */
function variantsOf(small: Case): Case[] {
  if (small.faults.length === 0) return [small];
  const seeds = [small.seed, ...otherSeeds(small.seed, VARIANTS.length)];
  return VARIANTS.map(([seed, numerator, denominator]) => ({
    ...small,
    seed: seeds[seed] ?? small.seed,
    faults: small.faults.map((fault) => earlier(fault, numerator, denominator, small.replicas)),
  }));
}

function earlier(fault: Fault, numerator: number, denominator: number, replicas: number): Fault {
  if (numerator === denominator) return fault;
  const at = Math.floor((fault.at * numerator) / denominator);
  const until =
    'until' in fault && fault.until !== null ? { until: fault.until - fault.at + at } : {};
  return validFault({ ...fault, at, ...until }, replicas) ?? fault;
}

/** The same faults with replicas of lower numbers: those that are named become 0, 1, …; null when there are too few. */
function renumbered(faults: readonly Fault[], replicas: number): readonly Fault[] | null {
  const names = new Map<string, string>();
  const rename = (target: string): string =>
    target.replaceAll(/replica-\d+/g, (name) => {
      const known = names.get(name) ?? `replica-${names.size}`;
      names.set(name, known);
      return known;
    });
  const renamed: Fault[] = [];
  for (const fault of faults) {
    const valid = validFault({ ...fault, target: rename(fault.target) }, replicas);
    if (valid === null) return null;
    renamed.push(valid);
  }
  return renamed;
}

/** What smaller faults and a smaller input no longer need. */
export function fewerReplicas(lab: Laboratory): void {
  for (const replicas of SIZES.filter((size) => size < lab.best.replicas)) {
    const faults = renumbered(lab.best.faults, replicas);
    if (faults !== null && lab.improves({ replicas, faults })) break;
  }
  if (lab.best.reduces > 1) lab.improves({ reduces: 1 });
}

/** One pass that only gives the replicas that matter lower numbers. */
export function lowerNumbers(lab: Laboratory): void {
  const faults = renumbered(lab.best.faults, lab.best.replicas);
  if (faults !== null) lab.improves({ faults });
}

function sizeOf(inputs: readonly InputBytes[]): number {
  return inputs.reduce((sum, input) => sum + input.bytes.length, 0);
}

/** The first so many bytes and the rest of their last line. */
function beginning(inputs: readonly InputBytes[], wanted: number): readonly InputBytes[] {
  const kept: InputBytes[] = [];
  let left = wanted;
  for (const { path, bytes } of inputs) {
    if (left <= 0) break;
    const feed = left >= bytes.length ? -1 : bytes.indexOf(0x0a, left - 1);
    const end = feed < 0 ? bytes.length : feed + 1;
    kept.push({ path, bytes: bytes.subarray(0, end) });
    left -= end;
  }
  return kept;
}
